// A record of which one field cannot travel is what became of the rest of it, in the preview and in the result alike.
import { sql } from "drizzle-orm";
import { createTranslator } from "next-intl";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { csvWords } from "@/components/transfers/csv-words";
import type { Texts } from "@/components/ui/texts";
import { readAsked } from "@/db/queries/transfers";
import en from "@/messages/en.json";
import { rereadProperties } from "@/services/properties/reread-properties";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { answerTransfer } from "@/services/transfers/answer-transfer";
import { readItems } from "@/services/transfers/read-items";
import { retryFailed } from "@/services/transfers/retry-failed";
import { transferCsv } from "@/services/transfers/write-csv";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, previewAll, runAll, transferAll, transferOf } from "./transfer";
import { undoing } from "./undo";

/** HubSpot takes 65,536 characters. */
const tooLong = "x".repeat(65_537);

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
let tier: { field: string; gold: string };
let note: string;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
  const { id, options } = await createCustomField({
    ctx: world.ctx,
    input: { name: "Tier", type: "choice", options: [{ label: "Gold" }] },
  });
  tier = { field: `custom:${id}`, gold: options[0]?.value ?? "" };
  await world.addMapping({ snovField: tier.field, hubspotProperty: "account_tier" });
  await world.sandbox.control("POST", `/accounts/${ACCOUNT}/properties`, {
    name: "note",
    label: "Our note",
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
  });
  await rereadProperties(world.ctx, world.connectionId);
  note = await world.addCustomField("note");
  await world.addMapping({ snovField: note, hubspotProperty: "note" });
});
afterAll(() => world.close());
afterEach(() => story.clean());

/** Longer than our forms allow; an older value may be. */
const writeTooLong = (id: string) =>
  world.db.execute(sql`update prospects set version = version + 1,
    custom = custom || jsonb_build_object(${note.replace("custom:", "")}::text, ${tooLong}::text) where id = ${id}`);
const outcomes = async (runId: string) =>
  (await itemsOf(world, runId)).map(({ name, outcome, held }) => [name, outcome, held]);
const stays = async (runId: string, name: string) =>
  (await itemsOf(world, runId))
    .find((item) => item.name === name)
    ?.changes?.filter(({ kept }) => kept)
    .map(({ side, field, before, after, kept }) => [side, field, before, after, kept]);

describe("a record of which one field cannot travel (Verifies: R-51, R-52)", () => {
  it("is shown, and counts, as what becomes of the rest of it, and is found by it", async () => {
    const gold = { [tier.field]: tier.gold };
    await story.prospect("Both", { ...gold, job_title: "CEO" });
    await story.contact("Both");
    await story.prospect("New", gold);
    await story.prospect("Plain");
    await story.prospect("Same", gold);
    await story.contact("Same");
    const runId = await previewAll(world);
    expect(await transferOf(world, runId)).toMatchObject({
      preview: { create: { hubspot: 2, snov: 0 }, update: 1, equal: 1, fields: { "hubspot:jobtitle": 1 } },
      held: 3,
    });
    const kept = [
      ["snov", tier.field, tier.gold, tier.gold, "choice_not_mapped"],
      ["hubspot", "account_tier", null, null, "choice_not_mapped"],
    ];
    for (const name of ["Both", "New", "Same"]) expect(await stays(runId, name)).toEqual(kept);

    await transferAll(world, runId);
    expect(await outcomes(runId)).toEqual([
      ["Both", "updated", true],
      ["New", "created", true],
      ["Plain", "created", false],
      ["Same", "unchanged", true],
    ]);
    expect(await transferOf(world, runId)).toMatchObject({
      done: { created: 2, updated: 1 },
      changed: 0,
      held: 3,
    });
    for (const name of ["Both", "New", "Same"]) expect(await stays(runId, name)).toEqual(kept);
    const { items } = await readItems({ ctx: world.ctx, input: { runId, held: "true" } });
    expect(items.map(({ name }) => name)).toEqual(["Both", "New", "Same"]);
  });

  it("is told of where HubSpot refuses the field only at its turn", async () => {
    await writeTooLong(await story.prospect("Ada", { job_title: "CEO" }));
    const runId = await previewAll(world);
    expect(await transferOf(world, runId)).toMatchObject({ held: 0 });
    await transferAll(world, runId);
    expect(await outcomes(runId)).toEqual([["Ada", "created", true]]);
    expect((await stays(runId, "Ada"))?.map(([side, , , , kept]) => [side, kept])).toEqual([
      ["snov", "field_rejected"],
      ["hubspot", "field_rejected"],
    ]);
    expect(await transferOf(world, runId)).toMatchObject({ done: { created: 1 }, held: 1 });
    expect(await world.contacts()).toHaveLength(1);
  });

  it("has failed where that field was all there was to write", async () => {
    const { runId } = await refusedAlone();
    expect(await itemsOf(world, runId)).toMatchObject([
      { outcome: "failing", detail: { reason: "field_rejected", field: "Our note" } },
    ]);
  });

  it("has failed still where it is tried again: HubSpot is asked once more", async () => {
    const { id, runId } = await refusedAlone();
    const send = globalThis.fetch;
    const sent: string[] = [];
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
      sent.push(String(url));
      return send(url, init);
    });
    await retryFailed({ ctx: world.ctx, input: { runId } });
    await runAll(world, runId);
    spy.mockRestore();
    expect(sent.filter((url) => url.includes("/batch/update"))).not.toEqual([]);
    expect(await outcomes(runId)).toEqual([["Ada", "failing", false]]);
    expect(await transferOf(world, runId)).toMatchObject({ done: { failing: 1 } });

    await world.db.execute(sql`update prospects set version = version + 1,
      custom = custom || jsonb_build_object(${note.replace("custom:", "")}::text, 'short') where id = ${id}`);
    await retryFailed({ ctx: world.ctx, input: { runId } });
    await runAll(world, runId);
    expect(await outcomes(runId)).toEqual([["Ada", "updated", false]]);
  });

  it("has failed where the ordinary line was refused it between the preview and its turn", async () => {
    const id = await story.prospect("Ada");
    await story.contact("Ada");
    await story.transferred();
    await writeTooLong(id);
    const runId = await previewAll(world);
    await world.notice("snov", id);
    await world.reconcile();
    await transferAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([
      { outcome: "failing", detail: { reason: "field_rejected" }, held: false },
    ]);
  });

  it("shows that field also while it asks about another one, and holds none once a person leaves it out", async () => {
    await world.configure({ policy: "snov_wins" });
    await story.prospect("Ada", { [tier.field]: tier.gold, job_title: "CEO" });
    const theirs = await story.contact("Ada");
    const runId = await previewAll(world);
    await world.editContact(theirs.id, { jobtitle: "Typed since" });
    await transferAll(world, runId);
    expect(await outcomes(runId)).toEqual([["Ada", "asked", true]]);
    expect((await stays(runId, "Ada"))?.map(([side, , , , kept]) => [side, kept])).toEqual([
      ["snov", "choice_not_mapped"],
      ["hubspot", "choice_not_mapped"],
    ]);
    const { key: seen } = await readAsked(world.db, runId);
    await answerTransfer({ ctx: world.ctx, input: { runId, answer: "leave_out", seen } });
    expect(await outcomes(runId)).toEqual([["Ada", "left_out", false]]);
    expect(await transferOf(world, runId)).toMatchObject({ done: { left_out: 1 }, held: 0 });
  });

  /** A pair of which HubSpot refuses the one field that there is to write. */
  async function refusedAlone() {
    const id = await story.prospect("Ada");
    await story.contact("Ada");
    await story.transferred();
    await writeTooLong(id);
    const runId = await previewAll(world);
    await transferAll(world, runId);
    return { id, runId };
  }
});

describe("a conflict in a preview (Verifies: R-51)", () => {
  it("shows what either side holds of each field", async () => {
    await story.prospect("Ada", { job_title: "CEO", city: "Porto" });
    await story.contact("Ada", { jobtitle: "CTO" });
    const runId = await previewAll(world);
    expect(await transferOf(world, runId)).toMatchObject({
      preview: { conflict: 1, overwrites: 0 },
      held: 0,
    });
    expect(await stays(runId, "Ada")).toEqual([
      ["snov", "job_title", "CEO", "CEO", "values_differ"],
      ["hubspot", "jobtitle", "CTO", "CTO", "values_differ"],
    ]);
    await transferAll(world, runId);
    expect(await outcomes(runId)).toEqual([["Ada", "in_conflict", false]]);
    expect(await transferOf(world, runId)).toMatchObject({ changed: 0 });
    expect(await stays(runId, "Ada")).toHaveLength(2);
  });
});

describe("the file of a transfer's records (Verifies: R-52)", () => {
  it("says why in sentences, with what either side holds, and where each record is", async () => {
    await story.prospect("Ada", { job_title: "CEO" });
    await story.contact("Ada", { jobtitle: "CTO" });
    const tess = await story.prospect("Tess", { [tier.field]: tier.gold });
    const runId = await previewAll(world);
    const lines = await csv(runId);
    expect(lines).toContain(
      'Ada,/snov/ada,Snov.io,ID,In conflict,Not yet done,"Both sides have different values, and it waits for a person.",,HubSpot,Job title,CTO,CTO',
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^Tess,\/snov\/tess,Snov\.io,ID,Is created,Not yet done,.* of Tier has no counterpart on the other side\..*,,Snov\.io,Tier,/,
      ),
    );
    await world.db.execute(sql`update run_items set outcome = 'failing', changes = '[]',
      detail = '{"reason": "email_rejected", "message": "Not an address"}' where record_id = ${tess}`);
    expect(await csv(runId, { outcome: "failing" })).toEqual([
      "Tess,/snov/tess,Snov.io,ID,Is created,Failed,Correct this e-mail address. HubSpot refused it: Not an address,,,,,",
    ]);
  });

  async function csv(runId: string, filter: object = {}): Promise<string[]> {
    const names = new Map((await itemsOf(world, runId)).map(({ recordId, name }) => [recordId, name ?? ""]));
    let text = "";
    for await (const part of transferCsv({
      ctx: world.ctx,
      input: { runId, ...filter },
      words,
      linkOf: ({ side, recordId }) => `/${side}/${names.get(recordId)?.toLowerCase()}`,
    }))
      text += part;
    const [, ...lines] = text.trimEnd().split("\r\n");
    return lines.map((line) => line.replace(/,[0-9a-f-]{36},/, ",ID,"));
  }
});

const all = createTranslator({ locale: "en", messages: en }) as unknown as Texts;
const words = csvWords({ all, fields: { snov: {}, hubspot: {} }, ended: false });
