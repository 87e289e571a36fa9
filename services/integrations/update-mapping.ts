import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { fieldMappings } from "@/db/schema/integrations";
import { recordLinks } from "@/db/schema/sync";
import { asKnown, reviewMappings } from "@/services/properties/review-mappings";
import { directions } from "@/sync/direction";
import { writableNow } from "@/sync/mapping-rules";
import { policies } from "@/sync/policy";
import { unpairedChoices } from "@/sync/value-map";
import { type Ctx, requireAdmin } from "../context";
import { markKnownAmong } from "../pending/mark-known-pairs";
import { changeSettings, delta, SettingsTarget } from "./change-settings";
import { forgetWhereWidened } from "./forget-where-widened";
import {
  checkedMapping,
  findMapping,
  mappingLabel,
  pairOf,
  requireMapping,
  ValueMapInput,
} from "./mapping-input";
import { readSettingsFields } from "./settings-fields";

const UpdateMapping = SettingsTarget.extend({
  mappingId: z.uuid(),
  direction: z.enum(directions).optional(),
  valueMap: ValueMapInput.optional(),
  /** Null follows the integration's. */
  policy: z.enum(policies).nullable().optional(),
});

export async function updateMapping({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof UpdateMapping>;
}): Promise<{ updatedAt: string }> {
  requireAdmin(ctx);
  const { integrationId, seen, mappingId, ...changes } = UpdateMapping.parse(input);
  return changeSettings(ctx, { integrationId, seen }, async (tx, integration) => {
    const fields = await readSettingsFields(tx, integration);
    const onlyPolicy = changes.direction === undefined && changes.valueMap === undefined;
    const before = (onlyPolicy ? findMapping : requireMapping)(fields, mappingId);
    const wanted = {
      snovField: before.snovField,
      hubspotProperty: before.hubspotProperty,
      direction: changes.direction,
      valueMap: changes.valueMap ?? before.valueMap,
    };
    const checked = checkedMapping(integration, fields, wanted, mappingId);
    const direction = changes.direction ?? before.direction;
    const policy = changes.policy === undefined ? before.policy : changes.policy;
    await tx
      .update(fieldMappings)
      .set({ direction, policy, valueMap: checked.valueMap })
      .where(eq(fieldMappings.id, mappingId));
    const property = fields.hubspot.get(before.hubspotProperty);
    await forgetWhereWidened(tx, integration, [
      {
        mappingId,
        before: writableNow(integration.syncType, before.direction, property),
        after: writableNow(integration.syncType, direction, property),
      },
    ]);
    // What stopped for want of writing goes on where nobody wants that any more.
    if (changes.direction)
      await reviewMappings(tx, [{ integration, mapping: { ...before, direction } }], asKnown(fields.hubspot));
    await forgetAgreements(tx, integrationId, mappingId, unpairedChoices(before.valueMap, checked.valueMap));
    const label = mappingLabel(fields, before);
    return {
      deltas: [
        delta(`${label}: direction`, before.direction, direction),
        delta(`${label}: policy`, before.policy, policy, [pairOf(before)]),
        delta(`${label}: choices`, before.valueMap, checked.valueMap),
      ],
      result: {},
    };
  });
}

/** What was agreed on as one of these choices is looked at as if the two had never met: nothing is overwritten unasked. */
async function forgetAgreements(
  tx: Tx,
  integrationId: string,
  mappingId: string,
  choices: string[],
): Promise<void> {
  if (!choices.length) return;
  const agreed = await tx
    .select({ id: recordLinks.id })
    .from(recordLinks)
    .where(
      and(
        eq(recordLinks.integrationId, integrationId),
        // A single choice is a text, several are a list: the one or any of the others.
        sql`${recordLinks.base} -> ${mappingId}::text ?| ${sql.param(choices)}::text[]`,
      ),
    )
    .orderBy(recordLinks.id)
    .for("no key update");
  const ids = agreed.map(({ id }) => id);
  await tx
    .update(recordLinks)
    .set({ base: sql`${recordLinks.base} - ${mappingId}::text` })
    .where(sql`${recordLinks.id} = any(${sql.param(ids)}::uuid[])`);
  await markKnownAmong(tx, integrationId, ids);
}
