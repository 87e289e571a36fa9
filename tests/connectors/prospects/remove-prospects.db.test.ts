import { afterAll, beforeAll, expect, test } from "vitest";
import { removeProspects } from "@/connectors/prospects/remove-prospects";
import { openShelf, type Shelf } from "./prospect-shelf";

let shelf: Shelf;
beforeAll(async () => {
  shelf = await openShelf();
});
afterAll(() => shelf.close());

const remove = (removals: { id: string; version: number }[], workspaceId = shelf.workspaceId) =>
  shelf.db.transaction((tx) => removeProspects(tx, workspaceId, removals));

test("moves to the trash those that have the version that was read, and frees their addresses", async () => {
  const ids = [
    await shelf.create({ emails: ["a@remove.example", "a2@remove.example"] }),
    await shelf.create({ emails: ["b@remove.example"] }),
  ];
  const outcomes = await remove(ids.map((id) => ({ id, version: 1 })));
  expect([...outcomes.values()]).toEqual(["removed", "removed"]);
  for (const id of ids) {
    const row = await shelf.row(id);
    expect(row).toMatchObject({ version: 2, deletedBy: null });
    expect(Math.abs(Date.now() - Number(row?.deletedAt))).toBeLessThan(60_000);
  }
  expect((await shelf.emails(ids[0] ?? "")).map(({ live }) => live)).toEqual([false, false]);
  await shelf.create({ emails: ["a2@remove.example"] });
});

test("leaves one that somebody wrote since where it is", async () => {
  const id = await shelf.create({ emails: ["moved@remove.example"] });
  expect(await remove([{ id, version: 0 }])).toEqual(new Map([[id, "moved"]]));
  expect(await shelf.row(id)).toMatchObject({ version: 1, deletedAt: null });
  expect(await shelf.emails(id)).toEqual([{ email: "moved@remove.example", live: true }]);
});

test("takes one that lies in the trash already, and one that is nowhere, for gone", async () => {
  const [id, nowhere] = [await shelf.create({ first_name: "Ana" }), crypto.randomUUID()];
  await remove([{ id, version: 1 }]);
  const first = await shelf.row(id);
  const again = await remove([
    { id, version: 2 },
    { id: nowhere, version: 1 },
  ]);
  expect(again).toEqual(
    new Map([
      [id, "gone"],
      [nowhere, "gone"],
    ]),
  );
  expect(await shelf.row(id)).toEqual(first);
  expect(await remove([])).toEqual(new Map());
});

test("does not touch another workspace's prospect", async () => {
  const id = await shelf.create({ emails: ["theirs@remove.example"] }, shelf.stranger);
  expect(await remove([{ id, version: 1 }])).toEqual(new Map([[id, "gone"]]));
  expect(await shelf.row(id)).toMatchObject({ version: 1, deletedAt: null });
  expect((await shelf.emails(id))[0]?.live).toBe(true);
});
