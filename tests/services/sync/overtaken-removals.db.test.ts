// A page whose removals HubSpot refuses together archives one by one, and may be overtaken between two of them.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { pendingRecords } from "@/db/schema/sync";
import { restoreProspects } from "@/services/prospects/restore-prospects";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { carryOutPage } from "@/services/sync/carry-out-page";
import { renewClaim } from "@/services/sync/claim-pending";
import { LostRace } from "@/services/sync/lost-race";
import { claimPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

describe("a page whose removals HubSpot refuses together, so that they go one by one (Verifies: R-70, R-73)", () => {
  it("archives no more once another page has taken them over, so that who was restored meanwhile stays", async () => {
    await world.configure({ removals: "propagate" });
    const ids: string[] = [];
    for (const name of ["wes", "xis"])
      ids.push(await world.addProspect({ emails: [`${name}@people.example`] }));
    await world.reconcile();
    const prospectOf = new Map<string, string>();
    for (const id of ids) prospectOf.set(await world.contactOf(id), id);
    await trashProspects({ ctx: world.ctx, input: { ids } });
    const { page, claim } = await claimPage(world, world.integrationId);
    const archived = onArchived(async (contactId) => {
      const others = [...prospectOf].flatMap(([id, prospectId]) => (id === contactId ? [] : [prospectId]));
      await restoreProspects({ ctx: world.ctx, input: { ids: others } });
      await world.db.update(pendingRecords).set({ leasedUntil: new Date(0) });
      expect(await world.page()).toMatchObject({ claimed: 2 });
    });
    const overtaken = carryOutPage(world.ctx, page, {
      claim,
      records: claim.records,
      lane: "live",
      hold: () => renewClaim(world.db, claim),
      check: async (works) => works,
    });
    await expect(overtaken).rejects.toBeInstanceOf(LostRace);
    vi.restoreAllMocks();
    await world.reconcile();
    expect(archived).toHaveLength(1);
    const stays = [...prospectOf.keys()].filter((id) => !archived.includes(id));
    const live = await world.hubspot.contacts.readByIds([...prospectOf.keys()], []);
    expect([...live.keys()]).toEqual(stays);
    for (const contactId of stays)
      expect(await world.statusOf(prospectOf.get(contactId) ?? "")).toMatchObject({ status: "in_sync" });
  });
});

/** HubSpot refuses to archive several contacts at once; `act` comes between the first that it archives and its answer. */
function onArchived(act: (contactId: string) => Promise<void>): string[] {
  const send = globalThis.fetch;
  const archived: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const { pathname } = new URL(String(url));
    if (pathname.endsWith("/batch/archive"))
      return Response.json({ status: "error", category: "VALIDATION_ERROR", message: "no" }, { status: 400 });
    const answer = await send(url, init);
    if (init?.method === "DELETE") {
      const contactId = pathname.split("/").at(-1) ?? "";
      if (archived.push(contactId) === 1) await act(contactId);
    }
    return answer;
  });
  return archived;
}
