import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eraseProspects } from "@/connectors/prospects/erase-prospects";
import { removeProspects } from "@/connectors/prospects/remove-prospects";
import { listMembers, prospectLists } from "@/db/schema/prospects";
import { recordLinks } from "@/db/schema/sync";
import { openShelf, type Shelf } from "./prospect-shelf";

let shelf: Shelf;
beforeAll(async () => {
  shelf = await openShelf();
});
afterAll(() => shelf.close());

const erase = (ids: string[]) => shelf.db.transaction((tx) => eraseProspects(tx, shelf.workspaceId, ids));

test("removes a prospect with its addresses, memberships and links, and gives its match keys", async () => {
  const id = await shelf.create({ first_name: "Ana", emails: ["Ana@gone.example", "ana2@gone.example"] });
  const [list] = await shelf.db
    .insert(prospectLists)
    .values({ workspaceId: shelf.workspaceId, name: "Leads" })
    .returning();
  await shelf.db.insert(listMembers).values({ listId: list?.id ?? "", prospectId: id });
  const integrationId = await shelf.integration(shelf.workspaceId);
  await shelf.db.insert(recordLinks).values({ integrationId, prospectId: id, contactId: "1" });

  expect(await erase([id])).toEqual(new Map([[id, ["ana@gone.example", "ana2@gone.example"]]]));
  expect(await shelf.row(id)).toBeUndefined();
  expect(await shelf.emails(id)).toEqual([]);
  expect(await shelf.db.select().from(listMembers).where(eq(listMembers.prospectId, id))).toEqual([]);
  expect(await shelf.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id))).toEqual([]);
  await shelf.create({ emails: ["ana@gone.example"] });
});

test("erases one in the trash as well, and finds nothing the second time", async () => {
  const id = await shelf.create({ emails: ["bin@gone.example"] });
  await shelf.db.transaction((tx) => removeProspects(tx, shelf.workspaceId, [{ id, version: 1 }]));
  expect(await erase([id, crypto.randomUUID()])).toEqual(new Map([[id, ["bin@gone.example"]]]));
  expect(await erase([id])).toEqual(new Map());
  expect(await erase([])).toEqual(new Map());
});

test("does not touch another workspace's prospect", async () => {
  const id = await shelf.create({ first_name: "Davi", emails: ["davi@gone.example"] }, shelf.stranger);
  expect(await erase([id])).toEqual(new Map());
  expect(await shelf.row(id)).toMatchObject({ firstName: "Davi" });
});
