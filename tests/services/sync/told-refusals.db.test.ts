// What a person reads of a record after each answer of HubSpot's to it, and after how many looks: every kind of fault
// ends in a sentence, but those of the account, for which the record waits.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { answerWrites, faults } from "./faults";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await world.db.execute("delete from pending_records");
  // A limit asks for a pause.
  await world.db.execute("update rate_budgets set paused_until = null");
});

let people = 0;
const addProspect = () => {
  people += 1;
  return world.addProspect({ emails: [`told${people}@example.com`], first_name: "Ana" });
};
const lookForTheTime = async (look: number) => {
  await world.db.execute(
    `update pending_records set attempts = ${look - 1}, due_at = now(), lease = null, leased_until = null`,
  );
  await world.page().catch((error) => expect(error).toHaveProperty("kind"));
};

// Verifies
describe.each(Object.entries(faults))("%s", (_, { told, looks, ...fault }) => {
  test("is told to a person in a sentence, or the record waits", async () => {
    const id = await addProspect();
    const answered = answerWrites(fault);
    if (told && looks > 1) {
      await lookForTheTime(looks - 1);
      expect(await world.statusOf(id)).toBeUndefined();
    }
    await lookForTheTime(looks);
    expect(answered).not.toEqual([]);
    if (!told) {
      expect(await world.statusOf(id)).toBeUndefined();
      expect(await world.pending()).toMatchObject([{ recordId: id }]);
      return;
    }
    // A gateway's page has no reference.
    const reference = typeof fault.body === "string" ? {} : { reference: "c-1" };
    const { reason, detail } = told;
    expect(await world.statusOf(id)).toMatchObject({
      status: "failing",
      reason,
      detail: { ...detail, ...reference },
    });
    expect(await world.pending()).toEqual([]);
    for (const { recordReason } of [en, ptBr]) expect(recordReason[told.reason]).toBeTruthy();
  });
});

// Verifies: R-77
describe("a fault that one record of a batch has again and again", () => {
  const inPart = (item: object) => {
    const at = new Date().toISOString();
    const body = { status: "COMPLETE", results: [], numErrors: 1, startedAt: at, completedAt: at };
    answerWrites(
      { status: 207, body: { ...body, errors: [{ status: "error", ...item }] } },
      { "x-hubspot-correlation-id": "c-2" },
    );
  };
  test("is told in the end, with HubSpot's sentence, also where it is HubSpot's own", async () => {
    const id = await addProspect();
    inPart({ category: "INTERNAL_ERROR", message: "This contact is locked" });
    await lookForTheTime(99);
    expect(await world.statusOf(id)).toBeUndefined();
    await lookForTheTime(100);
    expect(await world.statusOf(id)).toMatchObject({
      status: "failing",
      reason: "rejected",
      detail: { message: "This contact is locked", reference: "c-2" },
    });
    expect(await world.pending()).toEqual([]);
  });

  test("is told after a few looks where a permission is wanting for it alone", async () => {
    const id = await addProspect();
    inPart({ category: "MISSING_SCOPES", message: "The property is sensitive" });
    await lookForTheTime(3);
    expect(await world.statusOf(id)).toBeUndefined();
    await lookForTheTime(4);
    expect(await world.statusOf(id)).toMatchObject({ detail: { message: "The property is sensitive" } });
  });
});
