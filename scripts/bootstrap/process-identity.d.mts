/** What tells this process from a later one with the same number; undefined when it has ended. */
export function identify(pid: number): string | undefined;
export function commandLine(pid: number): string;
