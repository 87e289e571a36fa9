import { atOnce } from "@/db/at-once";
import type { Tx } from "@/db/client";
import { insertMany } from "@/db/insert-many";
import { type FieldChange, listMembers, prospectEmails, prospects } from "@/db/schema/prospects";
import type { Value } from "@/sync/value";
import { emailRows } from "./email-rows";
import { applyWrites } from "./prospect-record";

/**
 * Creates prospects with these ids in one list. An address that another live prospect owns makes the
 * database refuse the whole statement: the caller asks before, and looks again where it lost a race.
 */
export async function createProspects(
  tx: Tx,
  workspaceId: string,
  listId: string,
  creations: { id: string; fields: Record<string, Value> }[],
  change: FieldChange,
): Promise<void> {
  if (!creations.length) return;
  const emails = creations.flatMap(({ id, fields }) => emailRows(workspaceId, id, [String(fields.email)]));
  const rows = creations.map(({ id, fields }, at) => ({
    id,
    workspaceId,
    ...applyWrites(blank, fields),
    // As the trigger on the addresses keeps them: so it finds nothing to write a second time.
    emailWords: emails[at]?.matchKey,
    fieldChanges: Object.fromEntries(Object.keys(fields).map((key) => [key, change])),
  }));
  const members = creations.map(({ id }) => ({ listId, prospectId: id }));
  await atOnce([
    () => insertMany(tx, prospects, rows),
    () => insertMany(tx, prospectEmails, emails),
    () => insertMany(tx, listMembers, members),
  ]);
}

const blank = {
  firstName: null,
  lastName: null,
  jobTitle: null,
  company: null,
  website: null,
  country: null,
  city: null,
  industry: null,
  linkedinUrl: null,
  phones: [] as string[],
  custom: {} as Record<string, Value>,
} satisfies Parameters<typeof applyWrites>[0];
