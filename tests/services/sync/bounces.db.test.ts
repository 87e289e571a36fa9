// A field that goes back and forth between the sides stops the integration.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordLinks } from "@/db/schema/sync";
import { answerFuse } from "@/services/integrations/answer-fuse";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { fusing } from "./fusing";

let world: SyncWorld;
let story: ReturnType<typeof fusing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = fusing(world);
});
afterAll(() => world.close());
beforeEach(() => story.begin());

/** A title that went to HubSpot and came back, and would go there once more; returns the contact's id. */
async function swinging(id: string): Promise<string> {
  const contactId = await world.contactOf(id);
  await world.editProspect(id, "job_title", "CEO", "ours");
  await world.reconcile();
  await world.editContact(contactId, { jobtitle: "theirs" });
  await world.notice("hubspot", contactId);
  await world.reconcile();
  await world.editProspect(id, "job_title", "theirs", "ours again");
  return contactId;
}

describe("a fuse (Verifies: R-76)", () => {
  it("stops a record that bounces between the sides", async () => {
    await world.configure({ fuses: { bounces: 3 } });
    const [id = ""] = await story.team(["Ana"]);
    const contactId = await world.contactOf(id);
    let title = "CEO";
    for (let turn = 0; turn < 2; turn += 1) {
      await world.editProspect(id, "job_title", title, `ours ${turn}`);
      await world.reconcile();
      title = `theirs ${turn}`;
      await world.editContact(contactId, { jobtitle: title });
      await world.notice("hubspot", contactId);
      await world.page();
    }
    expect((await story.state())?.fuseStop).toMatchObject({ kind: "bounces", planned: 4, limit: 3 });
    expect((await world.contact(contactId)).properties.jobtitle).toBe("theirs 1");
    await story.answer("bounces", "continue");
    await world.reconcile();
    expect((await story.state())?.state).toBe("active");
  });

  it("discards only what bounces: other changes of the same page travel", async () => {
    await world.configure({ fuses: { bounces: 2 } });
    const [ana = "", bia = ""] = await story.team(["Ana", "Bia"]);
    const contactId = await swinging(ana);
    await world.editProspect(ana, "first_name", "Ana", "Anna");
    await world.editProspect(bia, "job_title", "CEO", "CTO");
    await world.page();
    const stop = (await story.state())?.fuseStop;
    expect(stop).toMatchObject({ kind: "bounces", planned: 3, limit: 2 });
    expect(stop?.samples).toHaveLength(1);
    expect(stop?.samples[0]).toMatchObject({ side: "hubspot", before: "theirs", after: "ours again" });
    await story.answer("bounces", "discard");
    await world.reconcile();
    expect((await story.state())?.state).toBe("active");
    expect((await world.contact(contactId)).properties).toMatchObject({
      jobtitle: "theirs",
      firstname: "Anna",
    });
    expect((await world.prospectByEmail(story.addressOf("Ana")))?.jobTitle).toBe("ours again");
    expect((await world.contact(await world.contactOf(bia))).properties.jobtitle).toBe("CTO");
    expect(await world.statusOf(bia)).toMatchObject({ status: "in_sync" });
  });

  it("discards what bounced when it blew, however long a person thinks about it", async () => {
    await world.configure({ fuses: { bounces: 2 } });
    const [ana = ""] = await story.team(["Ana"]);
    const contactId = await swinging(ana);
    await world.page();
    const stop = (await story.state())?.fuseStop;
    expect(stop).toMatchObject({ kind: "bounces", planned: 3 });
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, ana));
    const earlier = (time: number) => time - 3 * 3_600_000;
    const turns = Object.entries(link?.turns ?? {}).map(([id, { to, at }]) => [
      id,
      { to, at: at.map(earlier) },
    ]);
    await world.db
      .update(recordLinks)
      .set({ turns: Object.fromEntries(turns) })
      .where(eq(recordLinks.prospectId, ana));
    const stoppedAt = new Date(earlier(Date.parse(stop?.at ?? ""))).toISOString();
    await world.configure({ fuseStop: stop ? { ...stop, at: stoppedAt } : null });
    await answerFuse({ ctx: world.ctx, input: { integrationId: world.integrationId, answer: "discard" } });
    await world.reconcile();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("theirs");
    expect((await world.prospectByEmail(story.addressOf("Ana")))?.jobTitle).toBe("ours again");
  });
});
