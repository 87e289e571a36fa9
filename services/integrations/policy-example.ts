import { and, desc, eq, isNull } from "drizzle-orm";
import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import { readProspects } from "@/connectors/prospects/read-prospects";
import type { Db } from "@/db/client";
import type { IntegrationSettings, MappingSetting } from "@/db/queries/integration-settings";
import { prospects } from "@/db/schema/prospects";
import { isEmpty, sameValue } from "@/sync/value";

export type PolicyExample = {
  recordName: string;
  mappingId: string;
  own: string;
  /** What another prospect has there. */
  other: string;
};

const looked = 50;
/** A longer value would make the sentence hard to read. */
const longest = 60;

/**
 * Two values of one field that follows the integration's policy, the first that has two, from the newest prospects.
 * Null where none has, and where the direction lets no two changes meet.
 */
export async function policyExample(
  db: Db,
  workspaceId: string,
  { syncType, mappings }: Pick<IntegrationSettings, "syncType" | "mappings">,
): Promise<PolicyExample | null> {
  const inQuestion = syncType === "both" ? mappings.filter(mayDiffer) : [];
  if (!inQuestion.length) return null;
  const records = await newestProspects(db, workspaceId);
  for (const { id: mappingId, snovField, type } of inQuestion) {
    const filled = records.flatMap(({ name, fields }) => {
      const value = fields[snovField];
      const shown = name && typeof value === "string" && !isEmpty(value) && value.length <= longest;
      return shown ? [{ name, value }] : [];
    });
    const [first] = filled;
    const second = filled.find(({ value }) => !sameValue(type ?? "text", value, first?.value));
    if (first && second) return { recordName: first.name, mappingId, own: first.value, other: second.value };
  }
  return null;
}

/** Names and addresses apart, which would make an odd example. */
function mayDiffer({ locked, direction, stoppedReason, policy }: MappingSetting): boolean {
  return !locked && direction === "both" && !stoppedReason && !policy;
}

async function newestProspects(db: Db, workspaceId: string): Promise<ProspectRecord[]> {
  const newest = await db
    .select({ id: prospects.id })
    .from(prospects)
    .where(and(eq(prospects.workspaceId, workspaceId), isNull(prospects.deletedAt)))
    .orderBy(desc(prospects.createdAt), desc(prospects.id))
    .limit(looked);
  const ids = newest.map(({ id }) => id);
  const records = await readProspects(db, workspaceId, ids);
  return ids.flatMap((id) => records.get(id) ?? []);
}
