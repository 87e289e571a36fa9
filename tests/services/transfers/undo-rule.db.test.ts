// All that a field's rule settled is undone in one go, as a transfer is: previewed, and only where nobody has changed it since.
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readTransferRow } from "@/db/queries/transfers";
import { hubspotProperties } from "@/db/schema/connections";
import { fieldMappings } from "@/db/schema/integrations";
import { activities } from "@/db/schema/sync";
import { addMapping } from "@/services/integrations/add-mapping";
import { removeMapping } from "@/services/integrations/remove-mapping";
import { saveSafety } from "@/services/integrations/save-safety";
import { updateMapping } from "@/services/integrations/update-mapping";
import { startUndo } from "@/services/transfers/start-undo";
import type { Policy } from "@/sync/policy";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, previewPage, transferAll } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(async () => {
  await story.clean();
  await world.db.update(fieldMappings).set({ policy: null });
});

async function rule(policy: Policy | null) {
  const [mapping] = await world.db
    .select()
    .from(fieldMappings)
    .where(eq(fieldMappings.snovField, "job_title"));
  const input = { integrationId: world.integrationId, mappingId: mapping?.id ?? "", policy };
  await updateMapping({ ctx: world.ctx, input });
  await world.reconcile();
}

/** As a later look at HubSpot's properties stores it. */
async function renamed(label: string) {
  await world.db
    .update(hubspotProperties)
    .set({ definition: sql`${hubspotProperties.definition} || ${JSON.stringify({ label })}::jsonb` })
    .where(eq(hubspotProperties.name, "jobtitle"));
}

async function mappedAgain() {
  const [mapping] = await world.db
    .select()
    .from(fieldMappings)
    .where(eq(fieldMappings.snovField, "job_title"));
  const target = { integrationId: world.integrationId };
  await removeMapping({
    ctx: world.ctx,
    input: { ...target, mappingId: mapping?.id ?? "", knowsConflicts: true },
  });
  await addMapping({
    ctx: world.ctx,
    input: { ...target, snovField: "job_title", hubspotProperty: "jobtitle" },
  });
  await world.reconcile();
}

/** A pair whose title both sides change, and whose city Snov.io changes as well; what comes of it is the rule's. */
async function settled(name: string) {
  const id = await story.prospect(name, { job_title: "CEO", city: "Natal" });
  await world.reconcile();
  const pair = { id, contactId: await world.contactOf(id) };
  await clash(pair, "CEO", "Ours", "Theirs");
  return pair;
}

async function clash(pair: { id: string; contactId: string }, from: string, ours: string, theirs: string) {
  await world.editProspect(pair.id, "job_title", from, ours);
  await world.db.execute(`update prospects set city = 'Recife' where id = '${pair.id}'`);
  await world.editContact(pair.contactId, { jobtitle: theirs });
  await story.look(pair.id, pair.contactId);
}

async function previewed(activityId: number, settledField = "jobtitle") {
  const input = { integrationId: world.integrationId, activityId, settledField };
  const { runId } = await startUndo({ ctx: world.ctx, input });
  while ((await previewPage(world.ctx, runId)).more);
  return runId;
}

const planned = async (runId: string) =>
  (await itemsOf(world, runId))
    .map(({ name, planned, changes }) => [
      name?.split(" ")[0],
      planned,
      changes?.map(({ field, before, after, kept }) => [field, before, after, kept]),
    ])
    .toSorted();

describe("undoing all that a rule settled (Verifies: R-62, R-78)", () => {
  it("puts back what it replaced in every record, and nothing that travelled beside it; the sync leaves it so", async () => {
    await rule("snov_wins");
    const pairs = [await settled("Ada"), await settled("Bea")];
    const [ada] = pairs;
    const runId = await previewed(await story.lastOn("hubspot", ada?.id ?? ""));
    const back = ["jobtitle", "Ours", "Theirs", undefined];
    expect(await planned(runId)).toEqual([
      ["Ada", "put_back", [back]],
      ["Bea", "put_back", [back]],
    ]);
    await transferAll(world, runId);
    for (const { id, contactId } of pairs) {
      expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
      expect((await world.contact(contactId)).properties).toMatchObject({
        jobtitle: "Theirs",
        city: "Recife",
      });
      expect(await story.rowOf(id)).toMatchObject({ jobTitle: "Ours" });
    }
    const told = await world.db.select().from(activities).where(eq(activities.runId, runId));
    expect(told.find(({ side }) => side)?.cause).toMatchObject({ kind: "undo", name: "Ana", of: "rule" });
    expect((await readTransferRow(world.db, world.ctx.workspaceId, runId))?.undoes).toMatchObject({
      kind: "rule",
      label: "job_title",
    });
  });

  it("takes back nothing that was settled under an earlier choice, nor under a later one", async () => {
    await rule("hubspot_wins");
    const before = await settled("Ada");
    await rule("snov_wins");
    const during = await settled("Bea");
    const change = await story.lastOn("hubspot", during.id);
    await rule("most_recent");
    await settled("Cleo");
    const runId = await previewed(change);
    expect((await planned(runId)).map(([name]) => name)).toEqual(["Bea"]);
    await transferAll(world, runId);
    expect(await story.contactTitle(before.contactId)).toBe("Theirs");
    expect(await story.rowOf(before.id)).toMatchObject({ jobTitle: "Theirs" });
  });

  it("keeps what somebody changed later, and puts back the value that was replaced last", async () => {
    await rule("snov_wins");
    const [ada, bea] = [await settled("Ada"), await settled("Bea")];
    await clash(ada, "Ours", "Ours again", "Theirs again");
    const change = await story.lastOn("hubspot", ada.id);
    await world.editContact(bea.contactId, { jobtitle: "Later" });
    await story.look(bea.id, bea.contactId);
    const runId = await previewed(change);
    await transferAll(world, runId);
    expect(await story.contactTitle(ada.contactId)).toBe("Theirs again");
    expect(await story.contactTitle(bea.contactId)).toBe("Later");
    expect((await story.outcomes(runId)).toSorted()).toEqual([
      [expect.stringMatching(/^Ada/), "put_back", undefined],
      [expect.stringMatching(/^Bea/), "excluded", "changed_since"],
    ]);
  });

  it("knows its choices by their field, whatever that is called by now", async () => {
    await rule("hubspot_wins");
    await settled("Ada");
    await rule("snov_wins");
    const change = await story.lastOn("hubspot", (await settled("Bea")).id);
    await renamed("Role");
    await rule("most_recent");
    await settled("Cleo");
    await renamed("Position");
    expect((await planned(await previewed(change))).map(([name]) => name)).toEqual(["Bea"]);
  });

  it("of before choices were noted by their field: by its name, and not at all where that has changed", async () => {
    await rule("hubspot_wins");
    await settled("Ada");
    await rule("snov_wins");
    const change = await story.lastOn("hubspot", (await settled("Bea")).id);
    await rule("most_recent");
    await settled("Cleo");
    await world.db.execute(`update activities set changes = (select jsonb_agg(x - 'pairs') from jsonb_array_elements(changes) x)
      where kind = 'integration/changed'`);
    expect((await planned(await previewed(change))).map(([name]) => name)).toEqual(["Bea"]);
    await renamed("Function");
    await expect(previewed(change)).rejects.toMatchObject({ details: { reason: "rule_unknown" } });
  });

  it("takes back nothing from before the field was mapped again", async () => {
    await rule("snov_wins");
    await settled("Ada");
    await mappedAgain();
    const integrationId = world.integrationId;
    await saveSafety({ ctx: world.ctx, input: { integrationId, policy: "snov_wins" } });
    const bea = await settled("Bea");
    const change = await story.lastOn("hubspot", bea.id);
    await mappedAgain();
    await settled("Cleo");
    expect((await planned(await previewed(change))).map(([name]) => name)).toEqual(["Bea"]);
    await saveSafety({ ctx: world.ctx, input: { integrationId, policy: "ask" } });
  });

  it("leaves the rule in force for what both sides change from then on", async () => {
    await rule("snov_wins");
    const ada = await settled("Ada");
    await transferAll(world, await previewed(await story.lastOn("hubspot", ada.id)));
    await clash(ada, "Ours", "Next", "Other");
    expect(await story.contactTitle(ada.contactId)).toBe("Next");
  });

  it("is refused for a change, or a field of it, that no rule settled", async () => {
    await rule("snov_wins");
    const ada = await settled("Ada");
    const change = await story.lastOn("hubspot", ada.id);
    await expect(previewed(change, "city")).rejects.toMatchObject({ code: "not_found" });
    const edit = await story.lastOn("snov", ada.id);
    await expect(previewed(edit, "job_title")).rejects.toMatchObject({ code: "not_found" });
    await expect(
      startUndo({
        ctx: { ...world.ctx, workspaceId: crypto.randomUUID() },
        input: { integrationId: world.integrationId, activityId: change, settledField: "jobtitle" },
      }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
