// A fuse stops the integration before anything of the page is written; a person then says what becomes of it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { harmCounts } from "@/db/schema/safety";
import { answerFuse } from "@/services/integrations/answer-fuse";
import { trashProspects } from "@/services/prospects/trash-prospects";
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

const live = async () => (await story.company()).filter(({ properties }) => properties.jobtitle === "CEO");

describe("a fuse (Verifies: R-76)", () => {
  it("stops before more records are removed than allowed, and says what was about to happen", async () => {
    const ids = await story.team(["Ana", "Bia", "Caio"]);
    await trashProspects({ ctx: world.ctx, input: { ids } });
    expect(await world.page()).toMatchObject({ claimed: 0 });
    expect(await live()).toHaveLength(3);
    const stopped = await story.state();
    expect(stopped).toMatchObject({
      state: "paused",
      fuseStop: { kind: "removals", planned: 3, before: 0, limit: 2, waiting: 3 },
    });
    expect(stopped?.fuseStop?.samples.map(({ recordName, side }) => `${recordName} ${side}`).sort()).toEqual([
      "Ana hubspot",
      "Bia hubspot",
      "Caio hubspot",
    ]);
    expect(await world.page()).toMatchObject({ claimed: 0 });

    await story.answer("removals", "continue");
    await world.reconcile();
    expect(await live()).toEqual([]);
    expect(await world.db.select().from(harmCounts)).toEqual([]);
  });

  it("goes on after Continue although HubSpot tells of the same records late", async () => {
    const ids = await story.team(["Ana", "Bia", "Caio"]);
    const contactIds = (await live()).map(({ id }) => id);
    await trashProspects({ ctx: world.ctx, input: { ids } });
    await world.page();
    await story.answer("removals", "continue");
    for (const id of contactIds) await world.notice("hubspot", id);
    await world.reconcile();
    expect((await story.state())?.state).toBe("active");
    expect(await live()).toEqual([]);
  });

  it("leaves both sides as they are when the changes are discarded, and does not ask about them again", async () => {
    const ids = await story.team(["Ana", "Bia", "Caio"]);
    await trashProspects({ ctx: world.ctx, input: { ids } });
    await world.page();
    await story.answer("removals", "discard");
    await world.reconcile();
    expect(await live()).toHaveLength(3);
    for (const id of ids) await world.notice("snov", id);
    await world.reconcile();
    expect(await live()).toHaveLength(3);
    expect((await story.state())?.state).toBe("active");
  });

  it("discards nothing that was edited after the answer, also where the record waited all the while", async () => {
    const ids = await story.team(["Ana", "Bia", "Caio", "Duda"]);
    for (const id of ids) await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.page();
    expect((await story.state())?.fuseStop).toMatchObject({ kind: "overwrites", planned: 4 });
    await story.answer("overwrites", "discard");
    await world.editProspect(ids[0] ?? "", "job_title", "CTO", "COO");
    await world.reconcile();
    const [first, ...others] = await Promise.all(
      ids.map(async (id) => (await world.contact(await world.contactOf(id))).properties.jobtitle),
    );
    expect(first).toBe("COO");
    expect(others).toEqual(["CEO", "CEO", "CEO"]);
  });

  it("counts what was done within the window before it", async () => {
    const ids = await story.team(["Ana", "Bia", "Caio"]);
    await trashProspects({ ctx: world.ctx, input: { ids: ids.slice(0, 2) } });
    await world.reconcile();
    expect(await live()).toHaveLength(1);
    await trashProspects({ ctx: world.ctx, input: { ids: ids.slice(2) } });
    await world.page();
    expect((await story.state())?.fuseStop).toMatchObject({
      kind: "removals",
      planned: 1,
      before: 2,
      limit: 2,
    });
  });

  it("stops mass blanking; discarded, the emptied side stays empty, the other keeps its values, and later edits travel", async () => {
    const ids = await story.team(["Ana", "Bia", "Caio"]);
    for (const id of ids) await world.editProspect(id, "job_title", "CEO", null);
    await world.page();
    expect((await story.state())?.fuseStop).toMatchObject({ kind: "blankings", planned: 3 });
    await story.answer("blankings", "discard");
    await world.reconcile();
    expect(await live()).toHaveLength(3);
    expect(await world.statusOf(ids[0] ?? "")).toMatchObject({
      status: "excluded",
      reason: "discarded",
      detail: { field: "job_title" },
    });
    for (const id of ids) await world.notice("snov", id);
    await world.reconcile();
    expect(await live()).toHaveLength(3);
    expect(await world.statusOf(ids[0] ?? "")).toMatchObject({ status: "excluded", reason: "discarded" });
    await world.editProspect(ids[0] ?? "", "job_title", null, "CTO");
    await world.reconcile();
    expect((await world.openConflicts()).length + (3 - (await live()).length)).toBe(1);
  });

  it("keeps every answer while records wait that it is about", async () => {
    const ids = await story.team(["Ana", "Bia", "Caio", "Dora", "Eva", "Fabio"]);
    await trashProspects({ ctx: world.ctx, input: { ids: ids.slice(0, 3) } });
    for (const id of ids.slice(3)) await world.editProspect(id, "job_title", "CEO", null);
    const integrationId = world.integrationId;
    await world.page();
    expect((await story.state())?.fuseStop).toMatchObject({ kind: "removals", planned: 3 });
    await answerFuse({ ctx: world.ctx, input: { integrationId, answer: "discard" } });
    await world.page();
    expect((await story.state())?.fuseStop).toMatchObject({ kind: "blankings", planned: 3 });
    await answerFuse({ ctx: world.ctx, input: { integrationId, answer: "continue" } });
    await world.reconcile();
    expect((await story.state())?.state).toBe("active");
    const company = await story.company();
    expect(company.map(({ properties }) => properties.jobtitle || "no title").sort()).toEqual([
      "CEO",
      "CEO",
      "CEO",
      "no title",
      "no title",
      "no title",
    ]);
  });

  it.each([0, 1])(
    "takes an answer for all that a notice leads to: a merged contact's heir, %i",
    async (heir) => {
      await story.team(["Ana", "Bia"]);
      const [ana, bia] = await live();
      const [primary, other] = heir ? [bia, ana] : [ana, bia];
      const merged = await world.sandbox.control<{ id: string }>(
        "POST",
        "/accounts/24000001/contacts/merge",
        {
          primaryId: primary?.id,
          otherId: other?.id,
        },
      );
      await world.editContact(merged.body.id, { jobtitle: "CTO" });
      await world.configure({ fuses: { overwrites: 0 } });
      await world.notice("hubspot", merged.body.id);
      await world.page();
      expect((await story.state())?.fuseStop).toMatchObject({ kind: "overwrites", planned: 1 });
      await story.answer("overwrites", "continue");
      await world.reconcile();
      expect((await story.state())?.state).toBe("active");
      expect(await world.prospectByEmail(primary?.properties.email ?? "")).toMatchObject({ jobTitle: "CTO" });
    },
  );

  it("stops mass overwriting", async () => {
    const ids = await story.team(["Ana", "Bia", "Caio", "Dora"]);
    for (const id of ids) await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.page();
    expect((await story.state())?.fuseStop).toMatchObject({ kind: "overwrites", planned: 4, limit: 3 });
  });

  it("remembers what was discarded of records that meet for the first time", async () => {
    await world.configure({ policy: "snov_wins", fuses: { overwrites: 1 } });
    const people = ["gina", "hugo"].map(story.addressOf);
    for (const email of people) {
      await world.addContact({ email, jobtitle: "CTO" });
      await world.addProspect({ emails: [email], job_title: "CEO" });
    }
    await world.page();
    expect((await story.state())?.fuseStop).toMatchObject({ kind: "overwrites", planned: 2 });
    await story.answer("overwrites", "discard");
    await world.reconcile();
    for (const email of people) await world.notice("snov", (await world.prospectByEmail(email))?.id ?? "");
    expect(await world.reconcile()).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect((await story.state())?.state).toBe("active");
    const titles = (await world.contacts()).filter(({ properties }) =>
      people.includes(properties.email ?? ""),
    );
    expect(titles.map(({ properties }) => properties.jobtitle)).toEqual(["CTO", "CTO"]);
    await world.configure({ policy: "ask" });
  });

  it("does not count what HubSpot refused", async () => {
    await world.configure({ fuses: { overwrites: 1 } });
    const [id = ""] = await story.team(["Ana"]);
    // An address from before addresses were checked, which HubSpot refuses.
    await world.db.execute(
      `update prospect_emails set email = 'no address', match_key = 'no address' where prospect_id = '${id}'`,
    );
    for (let look = 0; look < 3; look += 1) {
      await world.notice("snov", id);
      await world.reconcile();
    }
    expect(await world.statusOf(id)).toMatchObject({ status: "failing" });
    expect(await world.db.select().from(harmCounts)).toEqual([]);
    expect((await story.state())?.state).toBe("active");
  });
});
