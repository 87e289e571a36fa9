/** Two parallel paths that meet. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-accent-6)" />
      <path
        d="M8 9.5h4.5c3 0 4 2 5.2 3.9 1 1.6 1.9 2.6 3.8 2.6H25M8 22.5h4.5c3 0 4-2 5.2-3.9 1-1.6 1.9-2.6 3.8-2.6H25"
        stroke="#fff"
        strokeWidth="2.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
