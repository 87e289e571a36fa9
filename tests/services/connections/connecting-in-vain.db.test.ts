// A try to connect that comes to nothing after HubSpot has given tokens leaves nothing behind there, and takes nothing from
// anybody who is connected to the account.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { openConnection } from "@/services/connections/open-connection";
import { BLUE_HARBOR, NORTHWIND, startWorld, type World } from "./connected-world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.db.delete(integrations);
  await world.db.delete(connections);
  world.sandbox.grants.uninstall(BLUE_HARBOR);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.db.execute(sql`drop function if exists no_accounts cascade`);
});
afterAll(() => world.close());

type Failure = [what: string, cause: () => unknown, told: object];
const failures: Failure[] = [
  [
    "a permission was not granted",
    () =>
      answering("/token", async (send) => {
        const { scopes, ...given } = await (await send()).json();
        return Response.json({ ...given, scopes: scopes?.slice(1) ?? [] });
      }),
    { details: { reason: "scopes_missing" } },
  ],
  [
    "the properties could not be read",
    () => answering("/crm/properties/", async () => new Response("{}", { status: 503 })),
    { details: { reason: "hubspot_unavailable" } },
  ],
  [
    "the account could not be stored",
    async () => {
      await world.db.execute(sql`create function no_accounts() returns trigger language plpgsql as
        $$ begin raise exception 'the database went away'; end $$`);
      await world.db.execute(
        sql`create trigger no_accounts before insert on field_mappings execute function no_accounts()`,
      );
    },
    {},
  ],
];

// Verifies
describe("a try to connect that fails", () => {
  test.each(failures)("what was granted ends again where %s", async (_, cause, told) => {
    await cause();
    await expect(world.connect(await world.newCtx(), BLUE_HARBOR)).rejects.toMatchObject(told);
    expect(grants()).toBe(0);
    expect(world.sandbox.grants.installed(BLUE_HARBOR)).toBeUndefined();
  });

  test("what was granted ends again where another account was chosen than the integration's own", async () => {
    const ctx = await world.newCtx();
    const id = await world.connect(ctx, NORTHWIND);
    await expect(world.connect(ctx, BLUE_HARBOR, id)).rejects.toMatchObject({
      details: { reason: "other_account" },
    });
    expect(grants()).toBe(0);
    expect(world.sandbox.grants.installed(BLUE_HARBOR)).toBeUndefined();
  });
});

describe("a try to connect that fails beside somebody else", () => {
  test.each(failures)("who is connected to the account stays so where %s", async (_, cause, told) => {
    const other = await world.newCtx();
    const { connection } = await world.read(await world.connect(other, BLUE_HARBOR));
    await cause();
    await expect(world.connect(await world.newCtx(), BLUE_HARBOR)).rejects.toMatchObject(told);
    expect((await (await openConnection(other, connection.id)).account.details()).id).toBe(
      String(BLUE_HARBOR),
    );
  });
});

/** How many refresh tokens of our app this account honours. */
function grants(): number {
  const all = [...world.sandbox.store.table<{ portalId: number }>("refresh").values()];
  return all.filter(({ portalId }) => portalId === BLUE_HARBOR).length;
}

function answering(address: string, answer: (send: () => Promise<Response>) => Promise<Response>): void {
  const send = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const { pathname } = new URL(String(url));
    const isMeant = address.endsWith("/") ? pathname.includes(address) : pathname.endsWith(address);
    return isMeant ? answer(() => send(url, init)) : send(url, init);
  });
}
