import { asc, eq } from "drizzle-orm";
import { prospectEmails, prospects } from "@/db/schema/prospects";
import { createProspect } from "@/services/prospects/create-prospect";
import type { Value } from "@/sync/value";
import { openWorkshop } from "../../services/prospects/workshop";

/** Two workspaces: one to work in, and one that nothing may touch. */
export async function openShelf() {
  const shop = await openWorkshop();
  const [ctx, stranger] = [await shop.member(), await shop.member()];
  const { db } = shop;
  const create = async (values: Record<string, Value>, as = ctx) =>
    (await createProspect({ ctx: as, input: { values } })).id;
  const row = async (id: string) => (await db.select().from(prospects).where(eq(prospects.id, id)))[0];
  const emails = (id: string) =>
    db
      .select({ email: prospectEmails.email, live: prospectEmails.live })
      .from(prospectEmails)
      .where(eq(prospectEmails.prospectId, id))
      .orderBy(asc(prospectEmails.position));
  return { ...shop, ctx, stranger, workspaceId: ctx.workspaceId, create, row, emails };
}
export type Shelf = Awaited<ReturnType<typeof openShelf>>;
