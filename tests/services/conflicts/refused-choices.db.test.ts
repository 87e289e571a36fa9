// A choice that HubSpot refuses changes neither side: its question stays open, and says what HubSpot says.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
});
afterAll(() => world.close());
afterEach(() => vi.restoreAllMocks());

function refuseUpdates(body: object): void {
  const send = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const isUpdate = init?.method === "PATCH" || String(url).includes("/contacts/batch/update");
    const refusal = { status: "error", category: "VALIDATION_ERROR", ...body };
    return isUpdate ? Response.json(refusal, { status: 400 }) : send(url, init);
  });
}
const named = {
  message: "Invalid input",
  errors: [{ message: "is not a title", code: "INVALID", context: { propertyName: ["jobtitle"] } }],
};

// Verifies
describe("a choice that HubSpot refuses", () => {
  it.each([
    ["names the property", named, "is not a title"],
    ["names none", { message: "A rule forbids it" }, "A rule forbids it"],
  ])(
    "says why, in HubSpot's words, where it %s, until another choice is carried out",
    async (_, body, said) => {
      const pair = await at.conflicted(`Gil${said.length}`);
      refuseUpdates(body);
      await at.resolve(pair.conflict, { kind: "take", side: "snov" });
      await world.reconcile();
      vi.restoreAllMocks();
      expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
      const refused = { outcome: "stopped", stopReason: "refused", closedAt: null, detail: { said } };
      const open = await at.openOf(pair.id);
      expect(open).toMatchObject({ ...refused, revision: pair.conflict.revision });

      await world.notice("snov", pair.id);
      await world.reconcile();
      expect(await at.conflictById(open.id)).toMatchObject({ ...refused, revision: open.revision });

      await at.resolve(open, { kind: "take", side: "hubspot" });
      await world.reconcile();
      expect(await at.titles(pair)).toEqual(["Hub", "Hub"]);
      expect(await at.conflictById(open.id)).toMatchObject({ outcome: "applied", stopReason: null });
    },
  );
});
