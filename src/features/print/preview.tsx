import { useLayoutEffect, useRef } from 'react';
import { classNames } from '../../ui/class-names.ts';
import type { Paper } from './paper.ts';
import { Sheets, type LaidOut } from './sheet.tsx';
import styles from './preview.module.css';

/** The sheets as large as the screen lets them; printing shows nothing else. */
export function Preview({
  laidOut,
  paper,
  ready,
}: {
  readonly laidOut: readonly LaidOut[];
  readonly paper: Paper;
  readonly ready: boolean;
}) {
  const place = useRef<HTMLElement>(null);
  useScale(place);
  return (
    <>
      {ready ? null : (
        <p className={styles.notReady}>
          The pages are not set yet. Wait until the screen says how many there are, then print.
        </p>
      )}
      <section ref={place} className={classNames(styles.preview, !ready && styles.unready)} aria-label="Preview">
        {laidOut.map((each) => (
          <Sheets key={each.document.key} laidOut={each} paper={paper} />
        ))}
      </section>
    </>
  );
}

/** Widths of the sheets in CSS pixels: 210 mm and, at most, 215.9 mm. */
const sheetWidth = 816;

/** Set through the style object, as the policy of this app lets no page write styles into its markup. */
function useScale(place: React.RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const fit = () => {
      const scale = Math.min(1, element.clientWidth / sheetWidth);
      element.style.setProperty('--scale', String(Math.floor(scale * 1000) / 1000));
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
}
