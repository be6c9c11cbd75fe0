const PATHS = {
  back: "M19 12H5m6-6-6 6 6 6",
  bookmark: "M6 4h12v16l-6-4-6 4z",
  cancel: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM9 9l6 6m0-6-6 6",
  close: "M6 6l12 12M18 6 6 18",
  columns: "M4 5h16v14H4zM9.5 5v14m5-14v14",
  compare: "M12 3v18M3 6h6v12H3zm12 0h6v12h-6z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  dark: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z",
  delete: "M4 7h16M10 11v6m4-6v6M6 7l1 13h10l1-13M9 7V4h6v3",
  down: "M12 5v14m-6-6 6 6 6-6",
  download: "M12 4v11m-5-5 5 5 5-5M5 20h14",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  expand: "m5 9 7 7 7-7",
  filter: "M4 6h16M7 12h10m-7 6h4",
  first: "m12 5-7 7 7 7m7-14-7 7 7 7",
  last: "m5 5 7 7-7 7m7-14 7 7-7 7",
  light:
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4",
  next: "m9 5 7 7-7 7",
  previous: "m15 5-7 7 7 7",
  retry: "M4 12a8 8 0 0 1 13.7-5.6L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 0 1-13.7 5.6L4 15.5M4 20v-4.5h4.5",
  rows: "M4 6h16M4 10h16M4 14h16M4 18h16",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20 20",
  settings:
    "M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM9 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z",
  share: "M12 15V3.5m-4.5 4L12 3l4.5 4.5M8 11H5v10h14V11h-3",
  swap: "M4 8h15m-4-4 4 4-4 4M20 16H5m4-4-4 4 4 4",
  system: "M4 5h16v11H4zM9 20h6m-3-4v4",
  up: "M12 19V5m-6 6 6-6 6 6",
  view: "M2.5 12c4.5-8 14.5-8 19 0-4.5 8-14.5 8-19 0ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
  warning: "M12 4 2.5 20h19zM12 10v4.5m0 2.4v.1",
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative: the text or label beside it says the same. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      fill="none"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.9"
      viewBox="0 0 24 24"
      width={size}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
