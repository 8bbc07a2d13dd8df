import { encodeQR } from 'qr';

/** A QR code as one path of black squares on white, with its quiet zone; `className` gives the size. */
export function QrCode({
  text,
  label,
  className,
  ecc = 'medium',
}: {
  readonly text: string;
  readonly label: string;
  readonly className?: string | undefined;
  /** `low` holds more in the same size, for a clean screen; paper gets stained. */
  readonly ecc?: 'low' | 'medium';
}) {
  const rows = encodeQR(text, 'raw', { ecc, border: 4 });
  return (
    <svg
      className={className}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
      data-qr={text}
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={rows.map(pathOfRow).join('')} fill="#000" />
    </svg>
  );
}

/** Runs of dark modules of a row; one rectangle each keeps the path short and leaves no hairlines between modules. */
function pathOfRow(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true) continue;
    let width = 1;
    while (row[x + width] === true) width += 1;
    path += `M${x} ${y}h${width}v1h-${width}z`;
    x += width;
  }
  return path;
}
