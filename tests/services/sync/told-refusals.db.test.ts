// What a person reads of a record after each answer of HubSpot's to it, and after how many looks: every kind of fault
// ends in a sentence, but those of the account, for which the record waits.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

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

type Fault = { status: number; body: object | string };
type Told = { reason: keyof typeof en.recordReason; detail: Record<string, string> };
type Row = Fault & {
  told: Told | null;
  /** Looks after which the answer stands; until then the record waits. */
  looks: number;
};

const says = (status: number, category: string, message: string | null, more: object = {}): Fault => ({
  status,
  body: { status: "error", category, ...(message ? { message } : {}), correlationId: "c-1", ...more },
});
const invalid = (property: string) => ({
  errors: [{ message: "is not valid", code: "INVALID", context: { propertyName: [property] } }],
});
const sentence = "Required properties for this object are missing: lifecyclestage";
const atOnce = { looks: 1 };

const rows: Record<string, Row> = {
  "a refused address": {
    ...says(400, "VALIDATION_ERROR", "no", invalid("email")),
    ...atOnce,
    told: { reason: "email_rejected", detail: { field: "Email", message: "is not valid" } },
  },
  "a property that is not ours": {
    ...says(400, "VALIDATION_ERROR", "no", invalid("lifecyclestage")),
    ...atOnce,
    told: { reason: "field_rejected", detail: { field: "Lifecycle stage", message: "is not valid" } },
  },
  "a rule that names no property": {
    ...says(400, "VALIDATION_ERROR", sentence),
    ...atOnce,
    told: { reason: "rejected", detail: { message: sentence } },
  },
  "a rule that takes long to tell": {
    ...says(400, "VALIDATION_ERROR", "x".repeat(10_000)),
    ...atOnce,
    told: { reason: "rejected", detail: { message: `${"x".repeat(300)}…` } },
  },
  "a rule with a sign where it is cut, and one that cannot be kept": {
    ...says(400, "VALIDATION_ERROR", `\u0000${"x".repeat(299)}🚀 and on`),
    ...atOnce,
    told: { reason: "rejected", detail: { message: `${"x".repeat(299)}…` } },
  },
  "a no without a word": {
    ...says(400, "VALIDATION_ERROR", null),
    ...atOnce,
    told: { reason: "rejected_silently", detail: {} },
  },
  "a gateway's no": {
    status: 403,
    body: "<html>no</html>",
    looks: 9,
    told: { reason: "turned_away", detail: {} },
  },
  "a no to who may write it": {
    ...says(403, "FORBIDDEN", "This user may not write it"),
    looks: 9,
    told: { reason: "not_let_in", detail: { message: "This user may not write it" } },
  },
  "an address that nobody is found to have": {
    ...says(409, "CONFLICT", "Contact already exists"),
    looks: 4,
    told: { reason: "email_taken", detail: { side: "HubSpot" } },
  },
  "a contact that is not found": {
    ...says(404, "OBJECT_NOT_FOUND", "Resource not found"),
    looks: 20,
    told: { reason: "rejected", detail: { message: "Resource not found" } },
  },
  "a permission that is wanting": {
    // That of a feature: one of ours breaks the connection.
    ...says(403, "MISSING_SCOPES", "Scopes are missing", {
      errors: [
        { message: "no", context: { requiredGranularScopes: ["crm.objects.contacts.sensitive.write"] } },
      ],
    }),
    looks: 4,
    told: null,
  },
  "a limit": { ...says(429, "RATE_LIMITS", "Too many"), looks: 200, told: null },
  "HubSpot's own failure, of one record alone": {
    ...says(500, "INTERNAL_ERROR", "Internal error"),
    looks: 100,
    told: { reason: "no_answer", detail: {} },
  },
};

/** Every write is answered like this, as a batch and alone; returns them. */
function answerWrites({ status, body }: Fault, headers: Record<string, string> = {}): string[] {
  const answered: string[] = [];
  const send = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const { pathname } = new URL(String(url));
    const writes = init?.method === "POST" && /\/contacts(\/batch\/create)?$/.test(pathname);
    if (!writes) return send(url, init);
    answered.push(pathname);
    return typeof body === "string"
      ? new Response(body, { status })
      : Response.json(body, { status, headers });
  });
  return answered;
}
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
describe.each(Object.entries(rows))("%s", (_, { told, looks, ...fault }) => {
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
