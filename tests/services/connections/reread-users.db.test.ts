// Who uses a HubSpot account is known by name where HubSpot lets us read it, and nothing depends on it.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hubspotUserNames } from "@/db/queries/hubspot-users";
import { connections, hubspotUsers } from "@/db/schema/connections";
import { rereadUsers } from "@/services/connections/reread-users";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const known = () =>
  world.db.select().from(hubspotUsers).where(eq(hubspotUsers.connectionId, world.connectionId));
const grant = (scopes: string[]) =>
  world.db.update(connections).set({ scopes }).where(eq(connections.id, world.connectionId));

describe("the users of an account (Verifies: R-62)", () => {
  it("are not asked for without the permission", async () => {
    await grant(["oauth"]);
    const send = vi.spyOn(globalThis, "fetch");
    await rereadUsers(world.ctx, world.connectionId);
    expect(send).not.toHaveBeenCalled();
    expect(await known()).toEqual([]);
  });

  it("are known by the ids that histories tell", async () => {
    await grant(["oauth", "crm.objects.owners.read"]);
    await rereadUsers(world.ctx, world.connectionId);
    const users = await known();
    expect(users.length).toBeGreaterThan(2);
    const [one] = users;
    const names = await hubspotUserNames(world.db, world.connectionId, [one?.userId, undefined, "1"]);
    expect([...names]).toEqual([[one?.userId, one?.name]]);
  });

  it("are known once each where one left and came back, by the name that is in use", async () => {
    const owners = `/accounts/${ACCOUNT}/owners`;
    type Owner = { id: string; userIdIncludingInactive: number; firstName: string };
    const { body } = await world.sandbox.control<{ results: Owner[] }>("GET", owners);
    const [owner] = body.results;
    await world.sandbox.control("DELETE", `${owners}/${owner?.id}`);
    await world.sandbox.control("POST", `${owners}/${owner?.id}/return`);
    const before = await known();
    await rereadUsers(world.ctx, world.connectionId);
    const byId = (users: typeof before) => users.map(({ userId, name }) => `${userId} ${name}`).sort();
    expect(byId(await known())).toEqual(byId(before));
    expect(before.filter(({ userId }) => userId === String(owner?.userIdIncludingInactive))).toHaveLength(1);
  });

  it("stay known where HubSpot does not answer, or refuses", async () => {
    const before = await known();
    for (const status of [503, 403]) {
      await world.sandbox.control("PUT", "/faults", { failNext: { count: 9, status } });
      await rereadUsers(world.ctx, world.connectionId);
      expect(await known()).toEqual(before);
    }
    await world.sandbox.control("PUT", "/faults", {});
  });
});
