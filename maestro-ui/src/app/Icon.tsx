const PATHS = {
  home: 'M2.5 7.5L8 3l5.5 4.5M4 7v6h8V7',
  runs: 'M4 3.5l8 4.5l-8 4.5z',
  workflows: 'M2.5 3h4v3.5h-4zM9.5 9.5h4V13h-4zM4.5 6.5v5h5',
  search: 'M7 2.75a4.25 4.25 0 1 1 0 8.5a4.25 4.25 0 0 1 0-8.5zM10.2 10.2L13.5 13.5',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 0 1 0-5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.8.8M11.8 11.8l.8.8M12.6 3.4l-.8.8M4.2 11.8l-.8.8',
  loop: 'M12.8 6.2A5 5 0 0 0 3.4 6M3.2 9.8a5 5 0 0 0 9.4.2M13 3v3.2H9.8M3 13V9.8h3.2',
  link: 'M6.8 9.2l2.4-2.4M7.5 4.8l1.2-1.2a2.6 2.6 0 0 1 3.7 3.7l-1.2 1.2M8.5 11.2l-1.2 1.2a2.6 2.6 0 0 1-3.7-3.7l1.2-1.2',
  terminal: 'M2.5 3.5h11v9h-11zM5 6.5l2 1.75L5 10M8.5 10.2h2.5',
  signal:
    'M8 8.2v.1M5.6 10.6a3.4 3.4 0 0 1 0-4.8M10.4 5.8a3.4 3.4 0 0 1 0 4.8M3.6 12.6a6.2 6.2 0 0 1 0-8.8M12.4 3.8a6.2 6.2 0 0 1 0 8.8',
  template: 'M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3',
  gauge: 'M2.5 12a5.75 5.75 0 1 1 11 0M8 9.5l2.6-3',
  pencil: 'M3 13l.6-2.8L10.8 3l2.2 2.2l-7.2 7.2z',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside a word, which says the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={16}
      height={16}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
