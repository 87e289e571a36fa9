// A fuse stops the integration before anything of the page is written; a person then says what becomes of it.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { harmCounts } from "@/db/schema/safety";
import { pendingRecords, recordLinks } from "@/db/schema/sync";
import { answerFuse } from "@/services/integrations/answer-fuse";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
let round = 0;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  round += 1;
  const fuses = { removals: 2, blankings: 2, overwrites: 3, bounces: 3 };
  await world.configure({ state: "active", fuses, fuseStop: null, fuseAnswers: [] });
  await world.db.delete(pendingRecords);
  await world.db.delete(harmCounts);
});

/** New prospects with their contacts; everybody of one test has a company of their own. */
async function team(names: string[]) {
  const ids = [];
  for (const name of names)
    ids.push(
      await world.addProspect({
        emails: [`${name.toLowerCase()}${round}@example.com`],
        first_name: name,
        job_title: "CEO",
        company: `Company ${round}`,
      }),
    );
  await world.reconcile();
  return ids;
}

const live = async () =>
  (await world.contacts()).filter(
    ({ properties }) => properties.jobtitle === "CEO" && properties.company === `Company ${round}`,
  );
const state = async () =>
  (await world.db.select().from(integrations).where(eq(integrations.id, world.integrationId)))[0];
const answer = (kind: "removals" | "blankings" | "overwrites" | "bounces", given: "continue" | "discard") =>
  world.configure({
    state: "active",
    fuseStop: null,
    fuseAnswers: [{ kind, answer: given, noticedUntil: new Date().toISOString() }],
  });

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
  it("stops before more records are removed than allowed, and says what was about to happen", async () => {
    const ids = await team(["Ana", "Bia", "Caio"]);
    await trashProspects({ ctx: world.ctx, input: { ids } });
    expect(await world.page()).toMatchObject({ claimed: 0 });
    expect(await live()).toHaveLength(3);
    const stopped = await state();
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

    await answer("removals", "continue");
    await world.reconcile();
    expect(await live()).toEqual([]);
    expect(await world.db.select().from(harmCounts)).toEqual([]);
  });

  it("goes on after Continue although HubSpot tells of the same records late", async () => {
    const ids = await team(["Ana", "Bia", "Caio"]);
    const contactIds = (await live()).map(({ id }) => id);
    await trashProspects({ ctx: world.ctx, input: { ids } });
    await world.page();
    await answer("removals", "continue");
    for (const id of contactIds) await world.notice("hubspot", id);
    await world.reconcile();
    expect((await state())?.state).toBe("active");
    expect(await live()).toEqual([]);
  });

  it("leaves both sides as they are when the changes are discarded, and does not ask about them again", async () => {
    const ids = await team(["Ana", "Bia", "Caio"]);
    await trashProspects({ ctx: world.ctx, input: { ids } });
    await world.page();
    await answer("removals", "discard");
    await world.reconcile();
    expect(await live()).toHaveLength(3);
    for (const id of ids) await world.notice("snov", id);
    await world.reconcile();
    expect(await live()).toHaveLength(3);
    expect((await state())?.state).toBe("active");
  });

  it("discards nothing that was edited after the answer, also where the record waited all the while", async () => {
    const ids = await team(["Ana", "Bia", "Caio", "Duda"]);
    for (const id of ids) await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.page();
    expect((await state())?.fuseStop).toMatchObject({ kind: "overwrites", planned: 4 });
    await answer("overwrites", "discard");
    await world.editProspect(ids[0] ?? "", "job_title", "CTO", "COO");
    await world.reconcile();
    const [first, ...others] = await Promise.all(
      ids.map(async (id) => (await world.contact(await world.contactOf(id))).properties.jobtitle),
    );
    expect(first).toBe("COO");
    expect(others).toEqual(["CEO", "CEO", "CEO"]);
  });

  it("counts what was done within the window before it", async () => {
    const ids = await team(["Ana", "Bia", "Caio"]);
    await trashProspects({ ctx: world.ctx, input: { ids: ids.slice(0, 2) } });
    await world.reconcile();
    expect(await live()).toHaveLength(1);
    await trashProspects({ ctx: world.ctx, input: { ids: ids.slice(2) } });
    await world.page();
    expect((await state())?.fuseStop).toMatchObject({ kind: "removals", planned: 1, before: 2, limit: 2 });
  });

  it("stops mass blanking; discarded, the emptied side stays empty, the other keeps its values, and later edits travel", async () => {
    const ids = await team(["Ana", "Bia", "Caio"]);
    for (const id of ids) await world.editProspect(id, "job_title", "CEO", null);
    await world.page();
    expect((await state())?.fuseStop).toMatchObject({ kind: "blankings", planned: 3 });
    await answer("blankings", "discard");
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
    const ids = await team(["Ana", "Bia", "Caio", "Dora", "Eva", "Fabio"]);
    await trashProspects({ ctx: world.ctx, input: { ids: ids.slice(0, 3) } });
    for (const id of ids.slice(3)) await world.editProspect(id, "job_title", "CEO", null);
    const integrationId = world.integrationId;
    await world.page();
    expect((await state())?.fuseStop).toMatchObject({ kind: "removals", planned: 3 });
    await answerFuse({ ctx: world.ctx, input: { integrationId, answer: "discard" } });
    await world.page();
    expect((await state())?.fuseStop).toMatchObject({ kind: "blankings", planned: 3 });
    await answerFuse({ ctx: world.ctx, input: { integrationId, answer: "continue" } });
    await world.reconcile();
    expect((await state())?.state).toBe("active");
    const company = (await world.contacts()).filter(
      ({ properties }) => properties.company === `Company ${round}`,
    );
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
      await team(["Ana", "Bia"]);
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
      expect((await state())?.fuseStop).toMatchObject({ kind: "overwrites", planned: 1 });
      await answer("overwrites", "continue");
      await world.reconcile();
      expect((await state())?.state).toBe("active");
      expect(await world.prospectByEmail(primary?.properties.email ?? "")).toMatchObject({ jobTitle: "CTO" });
    },
  );

  it("stops mass overwriting", async () => {
    const ids = await team(["Ana", "Bia", "Caio", "Dora"]);
    for (const id of ids) await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.page();
    expect((await state())?.fuseStop).toMatchObject({ kind: "overwrites", planned: 4, limit: 3 });
  });

  it("remembers what was discarded of records that meet for the first time", async () => {
    await world.configure({ policy: "snov_wins", fuses: { overwrites: 1 } });
    const people = ["gina", "hugo"].map((name) => `${name}${round}@example.com`);
    for (const email of people) {
      await world.addContact({ email, jobtitle: "CTO" });
      await world.addProspect({ emails: [email], job_title: "CEO" });
    }
    await world.page();
    expect((await state())?.fuseStop).toMatchObject({ kind: "overwrites", planned: 2 });
    await answer("overwrites", "discard");
    await world.reconcile();
    for (const email of people) await world.notice("snov", (await world.prospectByEmail(email))?.id ?? "");
    expect(await world.reconcile()).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect((await state())?.state).toBe("active");
    const titles = (await world.contacts()).filter(({ properties }) =>
      people.includes(properties.email ?? ""),
    );
    expect(titles.map(({ properties }) => properties.jobtitle)).toEqual(["CTO", "CTO"]);
    await world.configure({ policy: "ask" });
  });

  it("stops a record that bounces between the sides", async () => {
    await world.configure({ fuses: { bounces: 3 } });
    const [id = ""] = await team(["Ana"]);
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
    expect((await state())?.fuseStop).toMatchObject({ kind: "bounces", planned: 4, limit: 3 });
    expect((await world.contact(contactId)).properties.jobtitle).toBe("theirs 1");
    await answer("bounces", "continue");
    await world.reconcile();
    expect((await state())?.state).toBe("active");
  });

  it("discards only what bounces: other changes of the same page travel", async () => {
    await world.configure({ fuses: { bounces: 2 } });
    const [ana = "", bia = ""] = await team(["Ana", "Bia"]);
    const contactId = await swinging(ana);
    await world.editProspect(ana, "first_name", "Ana", "Anna");
    await world.editProspect(bia, "job_title", "CEO", "CTO");
    await world.page();
    const stop = (await state())?.fuseStop;
    expect(stop).toMatchObject({ kind: "bounces", planned: 3, limit: 2 });
    expect(stop?.samples).toHaveLength(1);
    expect(stop?.samples[0]).toMatchObject({ side: "hubspot", before: "theirs", after: "ours again" });
    await answer("bounces", "discard");
    await world.reconcile();
    expect((await state())?.state).toBe("active");
    expect((await world.contact(contactId)).properties).toMatchObject({
      jobtitle: "theirs",
      firstname: "Anna",
    });
    expect((await world.prospectByEmail(`ana${round}@example.com`))?.jobTitle).toBe("ours again");
    expect((await world.contact(await world.contactOf(bia))).properties.jobtitle).toBe("CTO");
    expect(await world.statusOf(bia)).toMatchObject({ status: "in_sync" });
  });

  it("discards what bounced when it blew, however long a person thinks about it", async () => {
    await world.configure({ fuses: { bounces: 2 } });
    const [ana = ""] = await team(["Ana"]);
    const contactId = await swinging(ana);
    await world.page();
    const stop = (await state())?.fuseStop;
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
    expect((await world.prospectByEmail(`ana${round}@example.com`))?.jobTitle).toBe("ours again");
  });

  it("does not count what HubSpot refused", async () => {
    await world.configure({ fuses: { overwrites: 1 } });
    const [id = ""] = await team(["Ana"]);
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
    expect((await state())?.state).toBe("active");
  });
});
