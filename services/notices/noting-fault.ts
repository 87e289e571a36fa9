import { RemoteError, type RemoteErrorKind } from "@/connectors/hubspot/remote-error";
import type { SourceFault, SourceFaultKind } from "@/db/schema/source-fault";

const kinds: Record<RemoteErrorKind, SourceFaultKind> = {
  transient: "no_answer",
  rate_limited: "asked_to_wait",
  unauthorized: "refused",
  forbidden: "refused",
  rejected: "refused",
  not_found: "refused",
  conflict: "refused",
};

/** Where the fault of a source of changes is kept; null where there is none. */
export type FaultPlace = {
  read: () => Promise<SourceFault | null>;
  keep: (fault: SourceFault | null) => Promise<void>;
};

/** Asks a source for changes. While it fails, people are told so and since when; the error goes on to whoever called. */
export async function notingFault<T>({ read, keep }: FaultPlace, ask: () => Promise<T>): Promise<T> {
  try {
    const told = await ask();
    if (await read()) await keep(null);
    return told;
  } catch (error) {
    const kind = error instanceof RemoteError ? kinds[error.kind] : "unforeseen";
    const since = (await read())?.since ?? new Date().toISOString();
    await keep({ kind, since });
    throw error;
  }
}
