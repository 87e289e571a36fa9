/** What went wrong and what to do about it, for the terminal. */
export function explainFault(error: unknown): string;
