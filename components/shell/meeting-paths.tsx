/** The mark drawn large: records of both sides, on their way to one line. */
export function MeetingPaths() {
  return (
    <svg viewBox="0 0 440 220" fill="none" aria-hidden="true" style={{ width: "100%", maxWidth: 440 }}>
      <g stroke="var(--mantine-color-default-border)" strokeWidth="1.5" strokeDasharray="2 7">
        <path d="M0 22h440M0 66h440M0 110h440M0 154h440M0 198h440" />
      </g>
      <g stroke="var(--mantine-color-accent-6)" strokeWidth="6" strokeLinecap="round">
        <path d="M12 44h118c48 0 66 30 88 48 15 12 30 18 56 18h154" />
        <path d="M12 176h118c48 0 66-30 88-48 15-12 30-18 56-18" opacity="0.5" />
      </g>
      <g fill="var(--app-surface)" stroke="var(--mantine-color-accent-6)" strokeWidth="4">
        <circle cx="58" cy="44" r="9" />
        <circle cx="112" cy="176" r="9" />
        <circle cx="342" cy="110" r="11" fill="var(--mantine-color-accent-6)" />
      </g>
    </svg>
  );
}
