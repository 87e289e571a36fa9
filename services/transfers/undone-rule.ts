import { and, asc, eq, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { activities, type FieldDelta } from "@/db/schema/sync";
import type { UndoneChanges } from "@/db/schema/transfers";
import type { Ctx } from "@/services/context";
import { mappingLabel, pairOf } from "@/services/integrations/mapping-input";
import { requireIntegration } from "@/services/integrations/require-integration";
import { readSettingsFields, type SettingsFields } from "@/services/integrations/settings-fields";
import { ServiceError } from "@/services/service-error";
import { sides } from "@/sync/side";
import { canBeUndone } from "./undone-writes";

/**
 * All that a field's policy has settled beside this change: since somebody last chose it, until somebody chose another
 * one, or now. `field` is the changed one's name on the side of the change. Read before anything is locked: what it settles
 * meanwhile is no part of it.
 */
export async function undoneRule(
  db: Db | Tx,
  ctx: Ctx,
  { integrationId, activityId, field }: { integrationId: string; activityId: number; field: string },
): Promise<UndoneChanges> {
  const integration = await requireIntegration({ ...ctx, db }, integrationId);
  const [change] = await db
    .select({ side: activities.side, changes: activities.changes, now: sql<string>`to_json(now())#>>'{}'` })
    .from(activities)
    .where(
      and(
        eq(activities.id, activityId),
        eq(activities.integrationId, integrationId),
        canBeUndone(integrationId),
      ),
    );
  const isSettled = change?.changes.some((one) => one.field === field && one.why === "policy");
  const fields = await readSettingsFields(db, integration);
  const mapping = fields.mappings.find(
    ({ snovField, hubspotProperty }) => (change?.side === "snov" ? snovField : hubspotProperty) === field,
  );
  if (!change?.side || !isSettled || !mapping)
    throw new ServiceError("not_found", "no such change that a rule has settled");
  const { from, to } = await reignOf(db, integrationId, activityId, fields, mapping);
  return {
    kind: "rule",
    fields: pairOf(mapping),
    label: fields.snov.get(mapping.snovField)?.label || mapping.snovField,
    recordName: null,
    at: from,
    from,
    // What it settles from now on is no part of it: nobody was shown that.
    to: to ?? change.now,
  };
}

type Mapping = SettingsFields["mappings"][number];

/** From the choice that was in force at this activity to the next one. Refused where either may be another field's. */
async function reignOf(
  db: Db | Tx,
  integrationId: string,
  activityId: number,
  fields: SettingsFields,
  mapping: Mapping,
): Promise<{ from: string; to: string | undefined }> {
  const told = await db
    .select({
      id: activities.id,
      at: sql<string>`to_json(${activities.at})#>>'{}'`,
      changes: activities.changes,
    })
    .from(activities)
    .where(and(eq(activities.integrationId, integrationId), eq(activities.kind, "integration/changed")))
    .orderBy(asc(activities.id));
  const choices = told.flatMap(({ changes, ...choice }) => {
    const about = changes.map((one) => aboutField(fields, mapping, one));
    if (about.includes("this")) return [{ ...choice, isUnclear: false }];
    return about.includes("unclear") ? [{ ...choice, isUnclear: true }] : [];
  });
  const since = choices.findLast(({ id }) => id < activityId);
  const until = choices.find(({ id }) => id > activityId);
  // Nothing is settled by a rule that nobody chose.
  if (!since || since.isUnclear || until?.isUnclear)
    throw new ServiceError("out_of_date", "when the rule was chosen is not told", { reason: "rule_unknown" });
  return { from: since.at, to: until?.at };
}

const policySuffix = ": policy";

/** Whether a change of settings chose what settles this field. Of an older one only what the fields were called is known. */
function aboutField(
  fields: SettingsFields,
  mapping: Mapping,
  { field, pairs }: FieldDelta,
): "this" | "other" | "unclear" {
  if (field === "policy") return "this";
  const own = pairOf(mapping);
  if (pairs) return pairs.some((pair) => sides.some((side) => pair[side] === own[side])) ? "this" : "other";
  if (!field.endsWith(policySuffix)) return "other";
  const name = field.slice(0, -policySuffix.length);
  if (name === mappingLabel(fields, mapping)) return "this";
  return fields.mappings.some((one) => mappingLabel(fields, one) === name) ? "other" : "unclear";
}
