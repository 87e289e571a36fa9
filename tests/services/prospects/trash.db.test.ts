// What was trashed gives its address free, and comes back with it as long as nobody else has it.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prospectEmails, prospects } from "@/db/schema/prospects";
import type { Ctx } from "@/services/context";
import { createProspect } from "@/services/prospects/create-prospect";
import { restoreProspects } from "@/services/prospects/restore-prospects";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { openWorkshop, type Workshop } from "./workshop";

let shop: Workshop;
let ctx: Ctx;
let stranger: Ctx;
let integrationId: string;

beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  ctx = await shop.member("member");
  stranger = await shop.member();
  integrationId = await shop.integration(ctx.workspaceId);
  shop.woken.length = 0;
});

const create = (values: Record<string, string | boolean | string[] | null>, as = ctx) =>
  createProspect({ ctx: as, input: { values } });

describe("trash", () => {
  test("frees the address, and gives it back on restore", async () => {
    const { id } = await create({ emails: ["free@acme.com"] });
    await trashProspects({ ctx, input: { ids: [id] } });
    expect((await shop.read(ctx, id)).row).toMatchObject({ version: 2, deletedBy: ctx.userId });
    const [address] = await shop.db.select().from(prospectEmails).where(eq(prospectEmails.prospectId, id));
    expect(address?.live).toBe(false);

    expect(await restoreProspects({ ctx, input: { ids: [id] } })).toEqual({ restored: [id], refused: [] });
    expect((await shop.read(ctx, id)).row).toMatchObject({ version: 3, deletedAt: null });
    await expect(create({ emails: ["free@acme.com"] })).rejects.toMatchObject({ code: "already_exists" });
    expect((await shop.history(id)).map(({ kind }) => kind)).toEqual([
      "prospect/created",
      "prospect/trashed",
      "prospect/restored",
    ]);
    expect((await shop.pending(integrationId, id))[0]?.generation).toBe(3);
  });

  test("keeps a prospect whose address was given away meanwhile, names who has it, and restores the others", async () => {
    const old = await create({ first_name: "Old", emails: ["same@acme.com"] });
    const other = await create({ first_name: "Other", emails: ["other@acme.com"] });
    await trashProspects({ ctx, input: { ids: [old.id, other.id] } });
    const fresh = await create({ first_name: "New", emails: ["Same@acme.com"] });
    expect(await restoreProspects({ ctx, input: { ids: [old.id, other.id] } })).toEqual({
      restored: [other.id],
      refused: [{ id: old.id, name: "Old", email: "same@acme.com", holderId: fresh.id, holderName: "New" }],
    });
    expect((await shop.read(ctx, old.id)).row.deletedAt).not.toBeNull();
  });

  test("restores one of two that shared an address", async () => {
    const first = await create({ emails: ["twin@acme.com"] });
    await trashProspects({ ctx, input: { ids: [first.id] } });
    const second = await create({ emails: ["twin@acme.com"] });
    await trashProspects({ ctx, input: { ids: [second.id] } });
    const { restored, refused } = await restoreProspects({ ctx, input: { ids: [first.id, second.id] } });
    expect([restored.length, refused.length]).toEqual([1, 1]);
  });

  test("gives nothing back after 90 days, nor to another workspace", async () => {
    const { id } = await create({ first_name: "Ana" });
    await trashProspects({ ctx, input: { ids: [id] } });
    const restore = (as: Ctx) => restoreProspects({ ctx: as, input: { ids: [id] } });
    await expect(restore(stranger)).rejects.toMatchObject({ code: "not_found" });
    const longAgo = new Date(Date.now() - 91 * 24 * 3600 * 1000);
    await shop.db.update(prospects).set({ deletedAt: longAgo }).where(eq(prospects.id, id));
    await expect(restore(ctx)).rejects.toMatchObject({ details: { reason: "not_in_trash" } });
  });
});
