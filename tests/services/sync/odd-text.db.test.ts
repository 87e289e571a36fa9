// A text of HubSpot's that the database cannot keep as it is stops neither its record nor anybody else's.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordLinks } from "@/db/schema/sync";
import { linkExistingPage } from "@/services/sync/link-existing";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const odd = [
  ["a NUL", "CT\u0000O", "CTO"],
  ["half a character", "CTO \ud83d", "CTO \ufffd"],
] as const;

// Verifies: R-77
it.each(odd)("brings over a contact with %s, and those beside it, in one page", async (what, text, kept) => {
  const email = `${what.replace(/\W/g, "").toLowerCase()}@example.com`;
  const contact = await world.addContact({ email, firstname: "Odd", jobtitle: text });
  const other = await world.addContact({ email: `beside.${email}`, firstname: "Plain" });
  for (const { id } of [contact, other]) await world.notice("hubspot", id);
  await world.page();
  expect(await world.prospectByEmail(email)).toMatchObject({ firstName: "Odd", jobTitle: kept });
  expect(await world.prospectByEmail(`beside.${email}`)).toMatchObject({ firstName: "Plain" });
  expect(await world.pending()).toEqual([]);
  const id = (await world.prospectByEmail(email))?.id ?? "";
  expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
});

it.each(odd)(
  "links a pair that was there at launch, whose contact has %s in its name",
  async (what, text) => {
    const email = `launch.${what.replace(/\W/g, "").toLowerCase()}@example.com`;
    const id = await world.addProspect({ emails: [email], first_name: "Ana" });
    const contact = await world.addContact({ email, firstname: text, lastname: text });
    await world.configure({ existingLinkedAt: null, linkCursor: null });
    for (let more = true; more; ) ({ more } = await linkExistingPage(world.ctx, world.integrationId));
    const links = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    expect(links).toMatchObject([{ contactId: contact.id }]);
  },
);
