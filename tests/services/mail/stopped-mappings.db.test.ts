// A field mapping that stops by itself is told of once for each stop, however many records have it, until it goes on.
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { mails, noticePreferences } from "@/db/schema/mails";
import { notices } from "@/db/schema/notices";
import { users } from "@/db/schema/workspaces";
import { queueDigests } from "@/services/mail/queue-digests";
import { sendMails } from "@/services/mail/send-mails";
import { rereadProperties } from "@/services/properties/reread-properties";
import { keepNotices } from "@/services/telling/keep-notices";
import { markRead } from "@/services/telling/mark-read";
import { readUnread } from "@/services/telling/read-notices";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { headerOf, type MailServer, startMailServer } from "../../support/mail-server";
import { type MailWorld, openMailWorld } from "./mail-world";

let world: MailWorld;
let server: MailServer;
beforeAll(async () => {
  world = await openMailWorld();
  for (const name of ["ana", "bia", "caio"])
    await world.addProspect({ emails: [`${name}@fields.example`], city: "Faro", country: "Portugal" });
  await world.reconcile();
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const property of ["city", "country"])
    await inHubspot(property, { archived: false, readOnlyValue: false });
  for (const table of [mails, notices, noticePreferences]) await world.db.delete(table);
  await world.configure({ state: "active" });
  server = await startMailServer();
  world.mailBy(server.url);
});
afterEach(() => server.stop());

/** HubSpot's admins do this to a property, which is learnt; then it is the next minute. */
async function inHubspot(property: string, decision: object): Promise<void> {
  await world.sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/${property}`, decision);
  await rereadProperties(world.ctx, world.connectionId);
  await keepNotices(world.ctx);
}
const archive = (property: string) => inHubspot(property, { archived: true });
const restore = (property: string) => inHubspot(property, { archived: false });
const told = () => world.db.select().from(notices).orderBy(notices.raisedAt);
const unread = async () => (await readUnread(world.ctx)).unread.map(({ kind }) => kind);
const read = () => markRead({ ctx: world.ctx, input: { ids: "all" } });
async function subjects(): Promise<string[]> {
  await sendMails(world.ctx);
  return server.received.map((mail) => headerOf(mail, "Subject"));
}

describe("a field that HubSpot made rest", () => {
  it("is one notice, with its page and no word of the records, and is over once it goes on", async () => {
    await archive("city");
    const [first] = await told();
    expect(first).toMatchObject({ kind: "mappings_stopped", params: { count: 1 }, endedAt: null });
    await world.reconcile();
    expect((await keepNotices(world.ctx)).kept).toBe(0);
    expect(await told()).toHaveLength(1);
    expect(await unread()).toEqual(["mappings_stopped"]);

    await restore("city");
    expect(await told()).toMatchObject([{ id: first?.id, endedAt: expect.any(Date) }]);
    expect(await unread()).toEqual([]);
    await inHubspot("city", { readOnlyValue: true });
    expect(await told()).toMatchObject([{ id: first?.id }, { params: { count: 1 }, endedAt: null }]);
  });

  it("is news again for whoever has read of another one, even where that one goes on at the same time", async () => {
    await archive("city");
    await read();
    await archive("country");
    expect(await told()).toMatchObject([{ params: { count: 2 } }]);
    expect(await unread()).toEqual(["mappings_stopped"]);
    await read();
    await restore("country");
    expect(await unread()).toEqual([]);

    await world.sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/country`, { archived: true });
    await restore("city");
    expect(await told()).toMatchObject([{ params: { count: 1 }, endedAt: null }]);
    expect(await unread()).toEqual(["mappings_stopped"]);
  });

  it("comes by e-mail at once to whoever wants that, once for each that stops", async () => {
    await world.prefer(world.ctx.userId, "mappings_stopped", "at_once");
    await archive("city");
    await keepNotices(world.ctx);
    expect(await subjects()).toEqual(["A field is not synced with Sandbox"]);
    await archive("country");
    expect(await subjects()).toEqual([
      "A field is not synced with Sandbox",
      "2 fields are not synced with Sandbox",
    ]);
    await restore("city");
    expect(await subjects()).toHaveLength(2);
  });

  it("comes in the daily e-mail unless another time is chosen, in the person's language, and not once it goes on", async () => {
    await world.db.update(users).set({ locale: "pt-BR", digestedUntil: null });
    await archive("city");
    expect(await subjects()).toEqual([]);
    const tomorrow = new Date(Date.now() + 24 * 3_600_000);
    expect(await queueDigests(world.ctx, tomorrow)).toEqual({ queued: 1 });
    await restore("city");
    expect(await subjects()).toEqual([]);

    await world.db.update(users).set({ digestedUntil: null });
    await world.db.delete(mails);
    await archive("city");
    await queueDigests(world.ctx, tomorrow);
    expect(await subjects()).toHaveLength(1);
    expect(server.received[0]?.source).toContain("Um campo não está sendo sincronizado com Sandbox");
  });

  it("is not told of while nothing is launched, nor where people of the workspace deleted the field", async () => {
    await world.configure({ state: "draft" });
    await archive("city");
    expect(await told()).toEqual([]);
    await world.configure({ state: "active" });
    await restore("city");
    const own = and(eq(fieldMappings.hubspotProperty, "city"), isNull(fieldMappings.stoppedReason));
    await world.db.update(fieldMappings).set({ stoppedReason: "snov_field_deleted" }).where(own);
    await keepNotices(world.ctx);
    expect(await told()).toEqual([]);
    await world.db.update(fieldMappings).set({ stoppedReason: null });
  });
});
