import "server-only";
import { requirePage } from "@/app/server/context";
import { orNotFound } from "@/app/server/or-not-found";
import { readSettings } from "@/services/integrations/read-settings";

/** The integration that the page's address names, and whether this person may change it. */
export async function readPageSettings(params: Promise<{ id: string }>, { withExample = false } = {}) {
  const ctx = await requirePage();
  const { id } = await params;
  const settings = await orNotFound(readSettings({ ctx, input: { integrationId: id, withExample } }));
  return { settings, manages: ctx.role !== "member" };
}
