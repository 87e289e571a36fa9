import { afterAll, beforeAll, expect, test } from "vitest";
import { readProspects, trashedSince } from "@/connectors/prospects/read-prospects";
import { removeProspects } from "@/connectors/prospects/remove-prospects";
import { updateProspects } from "@/connectors/prospects/update-prospects";
import { editProspect } from "@/services/prospects/edit-prospect";
import { openShelf, type Shelf } from "./prospect-shelf";

let shelf: Shelf;
beforeAll(async () => {
  shelf = await openShelf();
});
afterAll(() => shelf.close());

const trash = (id: string, version = 1, workspaceId = shelf.workspaceId) =>
  shelf.db.transaction((tx) => removeProspects(tx, workspaceId, [{ id, version }]));

test("tells when each field changed, by its key, whoever changed it", async () => {
  const before = Date.now();
  const id = await shelf.create({ first_name: "Ana", emails: ["ana@when.example"] });
  const made = (await readProspects(shelf.db, shelf.workspaceId, [id])).get(id)?.changedAt ?? {};
  expect(Object.keys(made).sort()).toEqual(["email", "first_name"]);
  for (const at of Object.values(made)) expect(at >= before && at <= Date.now()).toBe(true);

  const changes = [{ field: "first_name", seen: "Ana", value: "Anna" }];
  await editProspect({ ctx: shelf.ctx, input: { id, version: 1, changes } });
  const at = "2026-03-01T10:00:00.000Z";
  const by = { kind: "integration" as const, id: crypto.randomUUID() };
  await shelf.db.transaction((tx) =>
    updateProspects(tx, shelf.workspaceId, [{ id, version: 2, writes: { city: "Recife" } }], { at, by }),
  );
  const { changedAt, fields } = (await readProspects(shelf.db, shelf.workspaceId, [id])).get(id) ?? {};
  expect(changedAt?.city).toBe(Date.parse(at));
  expect(changedAt?.email).toBe(made.email);
  expect(changedAt?.first_name).toBeGreaterThanOrEqual(made.first_name ?? 0);
  for (const key of Object.keys(changedAt ?? {})) expect(fields).toHaveProperty(key);
});

test("tells since when something lies in the trash, and finds live ones elsewhere", async () => {
  const [live, binned] = [
    await shelf.create({ emails: ["live@trash.example"] }),
    await shelf.create({ first_name: "Bia", emails: ["bia@trash.example"] }),
  ];
  const before = Date.now();
  await trash(binned);
  const ids = [live, binned, crypto.randomUUID()];
  expect([...(await readProspects(shelf.db, shelf.workspaceId, ids)).keys()]).toEqual([live]);
  const found = await trashedSince(shelf.db, shelf.workspaceId, ids);
  expect([...found.keys()]).toEqual([binned]);
  const since = found.get(binned) ?? 0;
  expect(since >= before && since <= Date.now()).toBe(true);
  expect(await trashedSince(shelf.db, shelf.workspaceId, [])).toEqual(new Map());
});

test("finds nothing of another workspace, and writes nothing there", async () => {
  const id = await shelf.create({ first_name: "Caio" }, shelf.stranger);
  const change = { at: new Date().toISOString(), by: { kind: "integration" as const, id: "x" } };
  const updates = [{ id, version: 1, writes: { first_name: "Mine" } }];
  const outcomes = await shelf.db.transaction((tx) =>
    updateProspects(tx, shelf.workspaceId, updates, change),
  );
  expect(outcomes).toEqual(new Map([[id, "moved"]]));
  expect(await shelf.row(id)).toMatchObject({ firstName: "Caio", version: 1 });
  await trash(id, 1, shelf.stranger.workspaceId);
  expect((await trashedSince(shelf.db, shelf.workspaceId, [id])).size).toBe(0);
});
