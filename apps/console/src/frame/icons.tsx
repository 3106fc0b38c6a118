/** The icons of the rail: 20 by 20, one stroke. They repeat the word beneath, so they are hidden from screen readers. */
const PATHS = {
  home: 'M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5',
  incident: 'M10 3v4M10 13v4M3 10h4M13 10h4M7 10a3 3 0 1 0 6 0 3 3 0 1 0-6 0',
  document: 'M5 2.8h7l3.5 3.5v11H5zM12 2.8v3.5h3.5M7.5 10h5.5M7.5 13h5.5',
  audit: 'M4 5h8M4 9h5M4 13h4M10.5 13.5l2.2 2.2 4.3-5',
  compare: 'M3.5 4h5v12h-5zM11.5 4h5v12h-5z',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11M13 13l4 4',
  admin:
    'M10 7a3 3 0 1 0 0 6 3 3 0 1 0 0-6M10 2.5v2.2M10 15.3v2.2M2.5 10h2.2M15.3 10h2.2M4.7 4.7l1.6 1.6M13.7 13.7l1.6 1.6M15.3 4.7l-1.6 1.6M6.3 13.7l-1.6 1.6',
  keys: 'M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7',
  theme: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14',
  signOut: 'M8 3.5H4v13h4M12 6.5l4 3.5-4 3.5M7.5 10H16',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
