import styles from './icon.module.css';

const shapes = {
  now: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  checklist: <path d="M3.5 6 5 7.5 8 4.5M3.5 12 5 13.5 8 10.5M3.5 18 5 19.5 8 16.5M11.5 6H21M11.5 12H21M11.5 18H21" />,
  timeline: <path d="M3 5.5h9M7 12h10M12 18.5h9" strokeWidth="4" />,
  log: <path d="M5 3h14v18H5zM8.5 8h7M8.5 12h7M8.5 16h4.5" />,
  more: (
    <g fill="currentColor" stroke="none">
      <circle cx="5" cy="12" r="2.3" />
      <circle cx="12" cy="12" r="2.3" />
      <circle cx="19" cy="12" r="2.3" />
    </g>
  ),
  plan: <path d="M4 4h6.5L12 6l1.5-2H20v15h-6l-2 2-2-2H4zM12 6v15" />,
  communications: <path d="M4 9v6h3.5l7 4V5l-7 4zM17.5 9a4 4 0 0 1 0 6" />,
  phone: (
    <path d="M5 3.500h4l2 5-2.500 2a13 13 0 0 0 5 5l2-2.500 5 2v4a2 2 0 0 1-2 2A16.500 16.500 0 0 1 3 5.500a2 2 0 0 1 2-2z" />
  ),
  resources: <path d="M3.5 8 12 3.5 20.5 8v8L12 20.5 3.5 16zM3.5 8 12 12.5 20.5 8M12 12.5v8" />,
  print: <path d="M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7z" />,
  'hand-over': <path d="M4 8h15l-4-4M20 16H5l4 4" />,
  people: (
    <>
      <circle cx="9" cy="8" r="3.5" />
      <path d="M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6M16 5a3.3 3.3 0 0 1 0 6.300M17.5 14.500c2.3.8 3.6 2.7 4 5.5" />
    </>
  ),
  settings: (
    <>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx="15" cy="7" r="2.2" />
      <circle cx="9" cy="17" r="2.2" />
    </>
  ),
  install: <path d="M12 3v11M7.5 10 12 14.5 16.5 10M4 16v4.500h16V16" />,
  join: <path d="M10 4H4.500v16H10M9 12h11M16 8l4 4-4 4" />,
  back: <path d="M15 5l-7 7 7 7" />,
  undo: <path d="M8 5 3.500 9.500 8 14M4 9.500h9.500a6 6 0 0 1 0 12H9" />,
  forward: <path d="M9 5l7 7-7 7" />,
  add: <path d="M12 5v14M5 12h14" />,
  close: <path d="M6 6l12 12M18 6 6 18" />,
  warning: <path d="M12 3.5 21.5 20h-19zM12 10v4.500M12 16.800v.7" />,
  check: <path d="M5 12.500l4.5 4.500L19 7" />,
  role: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 21c.7-5 3.4-7.5 7.5-7.500s6.8 2.5 7.5 7.5" />
    </>
  ),
} as const;

export type IconName = keyof typeof shapes;

/** A drawing beside words that say the same; never alone. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {shapes[name]}
    </svg>
  );
}
