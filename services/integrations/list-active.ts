import { and, eq, isNull } from "drizzle-orm";
import { integrations } from "@/db/schema/integrations";
import type { Deps } from "@/services/context";

/** Integrations that sync right now. */
export async function listActiveIntegrations({ db }: Deps): Promise<string[]> {
  const rows = await db
    .select({ id: integrations.id })
    .from(integrations)
    .where(and(eq(integrations.state, "active"), isNull(integrations.disconnectedAt)));
  return rows.map(({ id }) => id);
}
