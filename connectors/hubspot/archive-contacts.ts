import type { BasicApi, BatchApi } from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { z } from "zod";
import { chunks } from "@/lib/chunks";
import { BATCH_SIZE } from "./contact";
import { isNotFound } from "./remote-error";
import { understood } from "./sdk";
import { type Failed, standsForEach, writeOneByOne } from "./write-one-by-one";

type Archived = { ok: true };
export type ArchiveOutcome = Archived | Failed;

const Nothing = z.unknown();
const archived: Archived = { ok: true };

/** One outcome per id. */
export async function archiveContacts(
  { basic, batch }: { basic: BasicApi; batch: BatchApi },
  ids: string[],
): Promise<Map<string, ArchiveOutcome>> {
  const outcomes = new Map<string, ArchiveOutcome>();
  for (const part of chunks([...new Set(ids)], BATCH_SIZE)) {
    try {
      await understood("batch/archive", Nothing, () => batch.archive({ inputs: part.map((id) => ({ id })) }));
      for (const id of part) outcomes.set(id, archived);
    } catch (error) {
      if (!standsForEach(error)) throw error;
      const alone = await writeOneByOne(part, { keyOf: (id) => id, one: (id) => archiveOne(basic, id) });
      for (const [id, outcome] of alone) outcomes.set(id, outcome);
    }
  }
  return outcomes;
}

/** One that is gone already is done. */
async function archiveOne(basic: BasicApi, id: string): Promise<Archived> {
  try {
    await understood("archive a contact", Nothing, () => basic.archive(id));
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return archived;
}
