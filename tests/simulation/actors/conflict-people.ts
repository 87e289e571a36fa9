import type { ConflictChoice, ConflictKind } from "@/db/schema/conflicts";
import { makeRule } from "@/services/conflicts/make-rule";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { resolveMatching } from "@/services/conflicts/resolve-matching";
import { undoResolution } from "@/services/conflicts/undo-resolution";
import { policies } from "@/sync/policy";
import type { Value } from "@/sync/value";
import { clock } from "../machine/clock";
import type { MappedField } from "../settings";
import { readHubspot, typedInHubspot } from "../values";
import { count, tell, type World } from "../world";
import { asAna } from "./as-ana";

type Open = {
  id: string;
  kind: ConflictKind;
  revision: number;
  recordId: string;
  contactId: string | null;
  field: MappedField | undefined;
  snov: Value;
  hubspot: Value;
};

/** Ana decides a conflict, now and then one that says something else by now. */
export async function resolveAConflict(world: World): Promise<void> {
  const { random, integrationId, ctx } = world;
  const open = await openConflicts(world);
  if (!open.length) return;
  const conflict = random.pick(open);
  const choice = choiceFor(world, conflict);
  const seen = random.chance(0.1) ? conflict.revision - 1 : conflict.revision;
  await asAna(world, `decides ${JSON.stringify(choice)} of ${JSON.stringify(conflict)}`, async () => {
    const resolutions = [{ conflictId: conflict.id, seen, choice }];
    const { resolutionId, answers } = await resolveConflicts({ ctx, input: { integrationId, resolutions } });
    const [given] = answers;
    tell(world, "ana", `is answered ${JSON.stringify(given)}`);
    count(world.counts.visited, `resolved:${conflict.kind}:${choice.kind}:${given?.answer}`);
    if (given?.answer !== "accepted") return;
    if (seen !== conflict.revision)
      world.violations.push({
        invariant: "A choice about what has moved is refused",
        what: `${conflict.id} was decided as it was before`,
      });
    world.choices.push({ at: clock.now ?? 0, resolutionId, ...conflict, choice });
  });
}

/** Ana takes HubSpot's or Snov.io's value for all that is open in one field. */
export async function resolveAField(world: World): Promise<void> {
  const open = (await openConflicts(world)).filter(({ kind, field }) => kind === "value" && field);
  if (!open.length) return;
  const { field } = world.random.pick(open);
  const [mapping] = await world.database.raw("select id from field_mappings where snov_field = $1", [
    field?.snov ?? "",
  ]);
  const choice = { kind: "take" as const, side: world.random.pick(["snov", "hubspot"] as const) };
  const chosen = open.filter((one) => one.field === field);
  await asAna(world, `takes ${choice.side} for all of ${field?.snov}`, async () => {
    const filter = { kind: "value" as const, mappingId: String(mapping?.id) };
    const { integrationId, ctx } = world;
    const seenAt = new Date().toISOString();
    const { resolutionId } = await resolveMatching({ ctx, input: { integrationId, filter, choice, seenAt } });
    count(world.counts.visited, "resolved:all");
    for (const conflict of chosen)
      world.choices.push({ at: clock.now ?? 0, resolutionId, ...conflict, choice });
  });
}

export async function undoAChoice(world: World): Promise<void> {
  const last = world.choices.at(-1);
  if (!last) return;
  const { ctx, integrationId } = world;
  await asAna(world, `takes back ${last.resolutionId}`, async () => {
    const undone = await undoResolution({ ctx, input: { integrationId, resolutionId: last.resolutionId } });
    tell(world, "ana", `is answered ${JSON.stringify(undone)}`);
    for (const [what, times] of Object.entries(undone))
      if (times) count(world.counts.visited, `undone:${what}`);
    if (undone.takenBack || undone.puttingBack) last.takenBack = true;
  });
}

/** From then on the field goes by the rule: `world.settings` is what the checks go by. */
export async function makeARule(world: World): Promise<void> {
  const { random, settings, ctx, integrationId, database } = world;
  const fields = settings.fields.filter(({ snov }) => !["first_name", "last_name", "email"].includes(snov));
  if (!fields.length) return;
  const field = random.pick(fields);
  const policy = random.pick(policies.filter((one) => one !== "ask"));
  const [mapping] = await database.raw("select id from field_mappings where snov_field = $1", [field.snov]);
  const [integration] = await database.raw("select updated_at from integrations");
  const seen = new Date(String(integration?.updated_at)).toISOString();
  field.policy = policy;
  await asAna(world, `makes ${policy} the rule of ${field.snov}`, async () => {
    await makeRule({ ctx, input: { integrationId, mappingId: String(mapping?.id), policy, seen } });
    count(world.counts.visited, `rule:${policy}`);
  });
}

function choiceFor(world: World, { kind, field }: Open): ConflictChoice {
  const { random } = world;
  if (kind === "removed_and_edited") return { kind: random.pick(["remove", "bring_back"] as const) };
  if (!field) return { kind: kind === "same_address" && random.chance(0.5) ? "link" : "apart" };
  const which = random.weighted({ snov: 4, hubspot: 4, value: kind === "value" ? 3 : 0, leave: 1 });
  if (which === "leave") return { kind: "leave" };
  if (which !== "value") return { kind: "take", side: which };
  return { kind: "value", value: readHubspot(field, typedInHubspot(random, field, world.counts.edits)) };
}

async function openConflicts({ database, settings }: World): Promise<Open[]> {
  const rows = await database.raw(`
    select jsonb_build_object('id', c.id, 'kind', c.kind, 'revision', c.revision, 'recordId', c.record_id,
      'contactId', l.contact_id, 'field', m.snov_field, 'snov', c.snov_value, 'hubspot', c.hubspot_value) as row
    from conflicts c left join field_mappings m on m.id = c.mapping_id left join record_links l on l.id = c.link_id
    where c.closed_at is null order by c.opened_at, c.record_id, c.kind, m.snov_field`);
  return rows.map(({ row }) => {
    const { field, ...open } = typeof row === "string" ? JSON.parse(row) : row;
    return { ...open, field: settings.fields.find(({ snov }) => snov === field) };
  });
}
