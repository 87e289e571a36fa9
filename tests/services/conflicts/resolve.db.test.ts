// What a person decides about a conflict is carried out by the record's next page, about the values they saw and no others.
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConflictChoice } from "@/db/schema/conflicts";
import { fieldMappings } from "@/db/schema/integrations";
import { activities } from "@/db/schema/sync";
import { members, users } from "@/db/schema/workspaces";
import { makeRule } from "@/services/conflicts/make-rule";
import { resolveMatching } from "@/services/conflicts/resolve-matching";
import type { Ctx } from "@/services/context";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
let other: Ctx;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
  const [user] = await world.db.insert(users).values({ email: "bia@example.com", name: "Bia" }).returning();
  const userId = user?.id ?? "";
  await world.db.insert(members).values({ workspaceId: world.ctx.workspaceId, userId, role: "member" });
  other = { ...world.ctx, userId, userName: "Bia", role: "member" };
});
afterAll(() => world.close());

/** A page that reaches HubSpot, and whose commit never comes about. */
async function pageThatDies(): Promise<void> {
  await world.db.execute(
    "create function refuse() returns trigger language plpgsql as $$ begin raise 'crash'; end $$",
  );
  await world.db.execute(
    "create trigger crash before update on record_links for each row execute function refuse()",
  );
  await expect(world.page()).rejects.toThrow();
  await world.db.execute("drop trigger crash on record_links");
  await world.db.execute("drop function refuse");
  await world.db.execute("update pending_records set lease = null, leased_until = null, due_at = now()");
}

describe("a choice about one field (Verifies: R-62, R-78)", () => {
  it.each([
    ["Snov.io's value", { kind: "take", side: "snov" }, "Snov"],
    ["HubSpot's value", { kind: "take", side: "hubspot" }, "Hub"],
    ["a typed value", { kind: "value", value: "Typed" }, "Typed"],
  ] as const)(
    "gives both sides %s, and what it replaced is in the history under the member's name",
    async (what, choice, both) => {
      const pair = await at.conflicted(`One${what.replaceAll(/\W/g, "")}`);
      const { answers } = await at.resolve(pair.conflict, choice);
      expect(answers).toEqual([{ conflictId: pair.conflict.id, answer: "accepted" }]);
      await world.reconcile();
      expect(await at.titles(pair)).toEqual([both, both]);
      expect(await at.conflictById(pair.conflict.id)).toMatchObject({
        outcome: "applied",
        resolution: { choice },
        resolvedBy: world.ctx.userId,
        closedAt: expect.any(Date),
      });
      const told = await world.db
        .select()
        .from(activities)
        .where(and(eq(activities.prospectId, pair.id), eq(activities.integrationId, world.integrationId)));
      const chosen = told.filter(({ cause }) => cause.kind === "member");
      const replaced = chosen.flatMap(({ changes }) => changes.map(({ before, after }) => [before, after]));
      const lost = ["Snov", "Hub"].filter((value) => value !== both);
      expect(replaced.sort()).toEqual(lost.map((value) => [value, both]).sort());
      expect(chosen[0]?.cause).toMatchObject({ name: "Ana", conflictId: pair.conflict.id });
      expect(await world.statusOf(pair.id)).toMatchObject({ status: "in_sync" });
    },
  );

  it("is told under the member's name also where its page died after HubSpot had taken it", async () => {
    const pair = await at.conflicted("Died");
    await at.resolve(pair.conflict, { kind: "value", value: "Typed" });
    await pageThatDies();
    expect(await at.titles(pair)).toEqual(["Snov", "Typed"]);
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Typed", "Typed"]);
    const told = await world.db.select().from(activities).where(eq(activities.prospectId, pair.id));
    const byMember = told.filter(
      ({ cause }) => cause.kind === "member" && cause.conflictId === pair.conflict.id,
    );
    expect(
      byMember
        .flatMap(({ side, changes }) => changes.map(({ before, after }) => [side, before, after]))
        .sort(),
    ).toEqual([
      ["hubspot", "Hub", "Typed"],
      ["snov", "Snov", "Typed"],
    ]);
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ outcome: "applied" });
  });

  it("is told so also where the member has chosen otherwise since its page died", async () => {
    const pair = await at.conflicted("Better");
    await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await pageThatDies();
    const { answers } = await at.resolve(pair.conflict, { kind: "leave" });
    expect(answers).toMatchObject([{ answer: "accepted" }]);
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Snov"]);
    const told = await world.db.select().from(activities).where(eq(activities.prospectId, pair.id));
    const replaced = told.filter(({ changes }) =>
      changes.some(({ before, after }) => before === "Hub" && after === "Snov"),
    );
    expect(replaced).toMatchObject([
      { side: "hubspot", cause: { kind: "member", conflictId: pair.conflict.id } },
    ]);
  });

  it("leaves both sides as they are until one of them changes again", async () => {
    const pair = await at.conflicted("Left");
    await at.resolve(pair.conflict, { kind: "leave" });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await world.statusOf(pair.id)).toMatchObject({ status: "excluded", reason: "discarded" });
    await world.notice("snov", pair.id);
    await world.reconcile();
    expect(await world.openConflicts()).toEqual([]);
    await world.editContact(pair.contactId, { jobtitle: "Later" });
    await world.notice("hubspot", pair.contactId);
    await world.reconcile();
    const again = await at.openOf(pair.id);
    await at.resolve(again, { kind: "take", side: "snov" });
    await world.reconcile();
  });

  it("holds for this once: where the same two values meet again, a person is asked again", async () => {
    const pair = await at.conflicted("Again");
    await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await world.reconcile();
    await world.editProspect(pair.id, "job_title", "Snov", "CEO");
    await world.reconcile();
    await world.editProspect(pair.id, "job_title", "CEO", "Snov");
    await world.editContact(pair.contactId, { jobtitle: "Hub" });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    const again = await at.openOf(pair.id);
    expect(again).toMatchObject({ resolution: null });
    await at.resolve(again, { kind: "take", side: "snov" });
    await world.reconcile();
  });

  it("that another record's address stops puts nobody in dispute over an address that is free", async () => {
    await world.addContact({ email: "taken@own.example" });
    const id = await world.addProspect({ emails: ["old@own.example"] });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editProspect(id, "emails", ["old@own.example"], ["snov@own.example"]);
    await world.editContact(contactId, { email: "hub@own.example" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    await world.configure({ state: "paused" });
    await at.resolve(await at.openOf(id), { kind: "value", value: "taken@own.example" });
    await world.configure({ state: "active", policy: "snov_wins" });
    await world.reconcile();
    await world.configure({ policy: "ask" });
    expect((await world.contact(contactId)).properties.email).toBe("snov@own.example");
    expect((await world.openConflicts()).filter(({ recordId }) => recordId === id)).toEqual([]);
  });

  it("is refused where it is no value of the field, or not offered for the conflict", async () => {
    const pair = await at.conflicted("Wrong");
    const answer = async (choice: ConflictChoice) => (await at.resolve(pair.conflict, choice)).answers[0];
    expect(await answer({ kind: "bring_back" })).toMatchObject({ answer: "invalid", reason: "not_offered" });
    expect(await answer({ kind: "value", value: "x".repeat(3000) })).toMatchObject({
      reason: "value_too_long",
    });
    await world.db
      .update(fieldMappings)
      .set({ direction: "to_hubspot" })
      .where(eq(fieldMappings.id, pair.conflict.mappingId ?? ""));
    expect(await answer({ kind: "value", value: "Typed" })).toMatchObject({ reason: "one_way" });
    await at.resolve(pair.conflict, { kind: "take", side: "hubspot" });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ outcome: "applied" });
    await world.db
      .update(fieldMappings)
      .set({ direction: "both" })
      .where(eq(fieldMappings.snovField, "job_title"));
  });
});

describe("a choice that comes too late (Verifies: R-63)", () => {
  it("changes nothing where a value has moved since, also after it was accepted, and the conflict is shown with the new one", async () => {
    const pair = await at.conflicted("Moved");
    await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await world.editContact(pair.contactId, { jobtitle: "Newer" });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Newer"]);
    const shown = await at.openOf(pair.id);
    expect(shown).toMatchObject({ outcome: "moved", hubspotValue: "Newer", resolution: null });
    expect((await at.resolve(pair.conflict, { kind: "take", side: "snov" })).answers[0]?.answer).toBe(
      "moved",
    );
    await at.resolve(shown, { kind: "take", side: "hubspot" });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Newer", "Newer"]);
  });

  it("is told who was first; a healed conflict says that it healed", async () => {
    const pair = await at.conflicted("Taken");
    await at.resolve(pair.conflict, { kind: "take", side: "hubspot" }, other);
    expect((await at.resolve(pair.conflict, { kind: "take", side: "snov" })).answers).toEqual([
      { conflictId: pair.conflict.id, answer: "taken", by: "Bia" },
    ]);
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Hub", "Hub"]);
    expect((await at.resolve(pair.conflict, { kind: "take", side: "snov" })).answers).toEqual([
      { conflictId: pair.conflict.id, answer: "closed", by: "Bia", outcome: "applied" },
    ]);

    const healing = await at.conflicted("Healed");
    await world.editContact(healing.contactId, { jobtitle: "Snov" });
    await world.notice("hubspot", healing.contactId);
    await world.reconcile();
    expect(await at.conflictById(healing.conflict.id)).toMatchObject({ outcome: "healed", resolution: null });
    expect((await at.resolve(healing.conflict, { kind: "leave" })).answers).toMatchObject([
      { answer: "closed", by: null, outcome: "healed" },
    ]);
  });
});

describe("many at once (Verifies: R-62)", () => {
  it("takes one side for all that match, and a rule settles what is left and what comes", async () => {
    const pairs = [await at.conflicted("Many1"), await at.conflicted("Many2"), await at.conflicted("Many3")];
    const [first, second, third] = pairs as [(typeof pairs)[0], (typeof pairs)[0], (typeof pairs)[0]];
    const { resolved } = await resolveMatching({
      ctx: world.ctx,
      input: {
        integrationId: world.integrationId,
        filter: { search: "many1", kind: "value" },
        choice: { kind: "take", side: "hubspot" },
        snapshot: await at.snapshot(),
      },
    });
    expect(resolved).toBe(1);
    await world.reconcile();
    expect(await at.titles(first)).toEqual(["Hub", "Hub"]);
    expect(await at.titles(second)).toEqual(["Snov", "Hub"]);
    const mappingId = second.conflict.mappingId ?? "";
    const seen = (await world.db.query.integrations.findFirst())?.updatedAt.toISOString() ?? "";
    const rule = { integrationId: world.integrationId, seen, mappingId };
    await makeRule({ ctx: world.ctx, input: { ...rule, policy: "snov_wins" } });
    await world.reconcile();
    expect([await at.titles(second), await at.titles(third)]).toEqual([
      ["Snov", "Snov"],
      ["Snov", "Snov"],
    ]);
    expect(await at.conflictById(second.conflict.id)).toMatchObject({ outcome: "rule", resolvedBy: null });
    await world.db.update(fieldMappings).set({ policy: null }).where(eq(fieldMappings.id, mappingId));
  });
});
