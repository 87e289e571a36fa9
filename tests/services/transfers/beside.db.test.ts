// Two that a person keeps apart are looked at together. Of the one whose turn it is not, the transfer writes nothing that
// its preview did not show.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { activities, pendingRecords } from "@/db/schema/sync";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { transferPage } from "@/services/transfers/transfer-page";
import { decideConflict } from "../../support/decide-conflict";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { peopleOf } from "./people";
import { itemsOf, previewAll, runAll, transferAll, transferOf } from "./transfer";

let world: SyncWorld;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  world = await openSyncWorld();
  people = peopleOf(world);
});
afterAll(() => world.close());
afterEach(() => people.clean());

/** Bea's contact was merged into Ada's, and somebody is asked whose it is now. */
async function merged() {
  const id = await people.prospect("Ada", { job_title: "CEO" });
  const other = await people.prospect("Bea");
  await world.reconcile();
  const contactId = await world.mergeContacts(await world.contactOf(id), await world.contactOf(other));
  await world.notice("hubspot", contactId);
  await world.reconcile();
  return { id, contactId, other };
}

async function keptApart(other: string) {
  const open = (await world.openConflicts()).find(({ recordId }) => recordId === other);
  await decideConflict(world, open, { kind: "apart" });
  await world.db.delete(pendingRecords);
}

const titleOf = async (id: string) => {
  const [row] = await world.db.execute<{ title: string }>(
    `select job_title as title from prospects where id = '${id}'`,
  );
  return row?.title;
};

describe("a pair that comes along with a record which a person keeps apart from it (Verifies: R-51, R-52)", () => {
  it("leaves to the ordinary sync a pair that has no turn in it", async () => {
    await world.configure({ policy: "hubspot_wins" });
    const { id, contactId, other } = await merged();
    const runId = await previewAll(world);
    expect(await itemsOf(world, runId, "planned")).toMatchObject([{ recordId: other, planned: "conflict" }]);
    await keptApart(other);
    await world.editContact(contactId, { jobtitle: "Typed since" });
    await transferAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished" });
    expect(await titleOf(id)).toBe("CEO");
    await world.reconcile();
    expect(await titleOf(id)).toBe("Typed since");
    const ofRun = await world.db.select().from(activities).where(eq(activities.runId, runId));
    expect(ofRun.map(({ prospectId }) => prospectId)).not.toContain(id);
  });

  it("leaves one to its own turn, which does what was shown", async () => {
    await world.configure({ policy: "snov_wins" });
    const { id, contactId, other } = await merged();
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.db.delete(pendingRecords);
    const runId = await previewAll(world);
    await keptApart(other);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    await world.db.execute(
      "update run_items set leased_until = now() + interval '1 hour' where name = 'Ada'",
    );
    expect(await transferPage(world.ctx, runId)).toMatchObject({ worked: 1 });
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CEO");

    await world.db.execute("update run_items set leased_until = null where name = 'Ada'");
    await runAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished" });
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CTO");
  });
});
