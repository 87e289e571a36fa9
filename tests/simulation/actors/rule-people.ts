import { RemoteError } from "@/connectors/hubspot/remote-error";
import { makeRule } from "@/services/conflicts/make-rule";
import { previewRule, type RulePreview } from "@/services/conflicts/preview-rule";
import { policies } from "@/sync/policy";
import { clock } from "../machine/clock";
import { count, tell, type World } from "../world";
import { asAna } from "./as-ana";

/**
 * Ana looks at what a rule would settle, and makes it. From then on the field goes by the rule: `world.settings` is what
 * is in force. More often of a field that has something to settle.
 */
export async function makeARule(world: World): Promise<void> {
  const { random, settings, ctx, integrationId, database } = world;
  const open = await database.raw(
    `select distinct m.snov_field as field from conflicts c join field_mappings m on m.id = c.mapping_id
     where c.closed_at is null and c.kind = 'value' order by 1`,
  );
  const names = open.map(({ field }) => String(field));
  const fields = settings.fields.filter(({ snov }) => snov !== "email");
  const asked = fields.filter(({ snov }) => names.includes(snov));
  const field = random.pick(asked.length && random.chance(0.9) ? asked : fields);
  const policy = random.pick(policies.filter((one) => one !== "ask"));
  const [mapping] = await database.raw("select id from field_mappings where snov_field = $1", [field.snov]);
  const mappingId = String(mapping?.id);
  const [integration] = await database.raw("select updated_at from integrations");
  const seen = new Date(String(integration?.updated_at)).toISOString();
  await asAna(world, `makes ${policy} the rule of ${field.snov}`, async () => {
    const promised = await shownFor(world, mappingId, policy);
    await makeRule({ ctx, input: { integrationId, mappingId, policy, seen } });
    count(world.counts.visited, `rule:${policy}`);
    if (promised.length) count(world.counts.visited, "rule:promised");
    world.rules.push({ at: clock.now ?? 0, field, policy, before: field.policy, promised });
    field.policy = policy;
  });
}

/** HubSpot may not answer just then: then nothing was shown. */
async function shownFor(
  { ctx, integrationId, trace }: World,
  mappingId: string,
  policy: (typeof policies)[number],
): Promise<RulePreview["samples"]> {
  try {
    const { samples } = await previewRule({ ctx, input: { integrationId, mappingId, policy } });
    tell({ trace }, "ana", `is shown ${JSON.stringify(samples)}`);
    return samples;
  } catch (error) {
    if (error instanceof RemoteError) return [];
    throw error;
  }
}
