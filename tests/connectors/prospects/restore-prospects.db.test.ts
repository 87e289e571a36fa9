import { afterAll, beforeAll, expect, test } from "vitest";
import { removeProspects } from "@/connectors/prospects/remove-prospects";
import { restoreProspects } from "@/connectors/prospects/restore-prospects";
import { openShelf, type Shelf } from "./prospect-shelf";

let shelf: Shelf;
beforeAll(async () => {
  shelf = await openShelf();
});
afterAll(() => shelf.close());

const restore = (ids: string[]) => shelf.db.transaction((tx) => restoreProspects(tx, shelf.workspaceId, ids));
async function binned(emails: string[], as = shelf.ctx): Promise<string> {
  const id = await shelf.create({ first_name: "Ana", emails }, as);
  await shelf.db.transaction((tx) => removeProspects(tx, as.workspaceId, [{ id, version: 1 }]));
  return id;
}

test("takes prospects out of the trash with their addresses, and raises their version", async () => {
  const ids = [await binned(["a@back.example", "a2@back.example"]), await binned([])];
  expect([...(await restore(ids)).values()]).toEqual(["restored", "restored"]);
  for (const id of ids) expect(await shelf.row(id)).toMatchObject({ version: 3, deletedAt: null });
  expect((await shelf.emails(ids[0] ?? "")).map(({ live }) => live)).toEqual([true, true]);
  await expect(shelf.create({ emails: ["a2@back.example"] })).rejects.toThrow();
});

test("leaves one in the trash whose further address a live prospect owns by now, and restores the rest", async () => {
  const [id, other] = [
    await binned(["own@back.example", "given@back.example"]),
    await binned(["rest@back.example"]),
  ];
  await shelf.create({ emails: ["Given@back.example"] });
  expect(await restore([id, other])).toEqual(
    new Map([
      [id, "email_taken"],
      [other, "restored"],
    ]),
  );
  expect(await shelf.row(id)).toMatchObject({ version: 2, deletedAt: expect.any(Date) });
  expect((await shelf.emails(id)).map(({ live }) => live)).toEqual([false, false]);
});

test("restores one of two that share an address", async () => {
  const ids = [await binned(["twin@back.example"]), await binned(["twin@back.example"])];
  expect([...(await restore(ids)).values()].sort()).toEqual(["email_taken", "restored"]);
});

test("finds one that is live already restored, and writes nothing", async () => {
  const id = await shelf.create({ first_name: "Live" });
  const before = await shelf.row(id);
  expect(await restore([id])).toEqual(new Map([[id, "restored"]]));
  expect(await shelf.row(id)).toEqual(before);
  expect(await restore([])).toEqual(new Map());
});

test("does not touch another workspace's prospect, and does not mind its addresses", async () => {
  const theirs = await binned(["same@back.example"], shelf.stranger);
  await shelf.create({ emails: ["mine@back.example"] }, shelf.stranger);
  const mine = await binned(["mine@back.example"]);
  expect(await restore([theirs, mine])).toEqual(
    new Map([
      [theirs, "gone"],
      [mine, "restored"],
    ]),
  );
  expect((await shelf.row(theirs))?.deletedAt).not.toBeNull();
  expect((await shelf.emails(theirs))[0]?.live).toBe(false);
});
