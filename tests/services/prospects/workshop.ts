import { and, eq } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { prospectDetail } from "@/db/queries/prospects-detail";
import { connections } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { activities, pendingRecords } from "@/db/schema/sync";
import { members, type Role, users, workspaces } from "@/db/schema/workspaces";
import type { Ctx } from "@/services/context";
import { createTestDatabase } from "@/tests/support/test-database";

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** A database with what tests of prospects need around them, and a record of who was woken. */
export async function openWorkshop() {
  const database = await createTestDatabase();
  const { db, close } = openDatabase(database.url, { max: 5 });
  const woken: string[][] = [];

  async function member(role: Role = "owner", workspaceId?: string): Promise<Ctx> {
    const [user] = await db
      .insert(users)
      .values({ email: `${crypto.randomUUID()}@example.com`, name: "Ana" })
      .returning();
    const id = workspaceId ?? (await db.insert(workspaces).values({ name: "Team" }).returning())[0]?.id;
    if (!user || !id) throw new Error("not inserted");
    await db.insert(members).values({ workspaceId: id, userId: user.id, role });
    const wake = async (ids: string[]) => {
      if (ids.length) woken.push(ids);
    };
    return { db, wake, userId: user.id, userName: user.name, workspaceId: id, role };
  }

  async function integration(
    workspaceId: string,
    values: Partial<typeof integrations.$inferInsert> = {},
  ): Promise<string> {
    const [connection] = await db
      .insert(connections)
      .values({
        workspaceId,
        accountId: crypto.randomUUID(),
        accountName: "Acme",
        scopes: [],
        accessToken: "sealed",
        refreshToken: "sealed",
        expiresAt: new Date(),
      })
      .returning();
    if (!connection) throw new Error("not inserted");
    const [row] = await db
      .insert(integrations)
      .values({ state: "active", ...values, workspaceId, connectionId: connection.id })
      .returning();
    if (!row) throw new Error("not inserted");
    return row.id;
  }

  async function mapping(integrationId: string, snovField: string, hubspotProperty: string): Promise<string> {
    const [row] = await db
      .insert(fieldMappings)
      .values({ integrationId, snovField, hubspotProperty })
      .returning();
    if (!row) throw new Error("not inserted");
    return row.id;
  }

  return {
    db,
    woken,
    member,
    integration,
    mapping,
    history: (prospectId: string) =>
      db.select().from(activities).where(eq(activities.prospectId, prospectId)).orderBy(activities.id),
    pending: (integrationId: string, recordId: string) =>
      db
        .select()
        .from(pendingRecords)
        .where(and(eq(pendingRecords.integrationId, integrationId), eq(pendingRecords.recordId, recordId))),
    read: async ({ workspaceId }: Ctx, id: string) => {
      const found = await prospectDetail(db, workspaceId, id);
      if (!found) throw new Error("gone");
      return found;
    },
    close: async () => {
      await close();
      await database.drop();
    },
  };
}
