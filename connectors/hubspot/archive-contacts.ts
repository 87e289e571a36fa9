import type { BasicApi, BatchApi } from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { z } from "zod";
import { chunks } from "@/lib/chunks";
import { BATCH_SIZE } from "./contact";
import { isRefusal, RemoteError } from "./remote-error";
import { understood } from "./sdk";

export type ArchiveOutcome = { ok: true } | { ok: false; error: RemoteError };

const Nothing = z.unknown();

/** One outcome per id. */
export async function archiveContacts(
  { basic, batch }: { basic: BasicApi; batch: BatchApi },
  ids: string[],
): Promise<Map<string, ArchiveOutcome>> {
  const outcomes = new Map<string, ArchiveOutcome>();
  for (const part of chunks([...new Set(ids)], BATCH_SIZE)) {
    try {
      await understood("batch/archive", Nothing, () => batch.archive({ inputs: part.map((id) => ({ id })) }));
      for (const id of part) outcomes.set(id, { ok: true });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      for (const id of part) outcomes.set(id, await archiveOne(basic, id));
    }
  }
  return outcomes;
}

async function archiveOne(basic: BasicApi, id: string): Promise<ArchiveOutcome> {
  try {
    await understood("archive a contact", Nothing, () => basic.archive(id));
    return { ok: true };
  } catch (error) {
    // What was archived before must be told, so from here on every failure belongs to its record.
    if (!(error instanceof RemoteError)) throw error;
    return error.kind === "not_found" ? { ok: true } : { ok: false, error };
  }
}
