import "server-only";
import { notFound } from "next/navigation";
import { requirePage } from "@/app/server/context";
import { readSettings } from "@/services/integrations/read-settings";
import { ServiceError } from "@/services/service-error";

/** The integration that the page's address names, and whether this person may change it. */
export async function readPageSettings(params: Promise<{ id: string }>, { withExample = false } = {}) {
  const ctx = await requirePage();
  const { id } = await params;
  try {
    const settings = await readSettings({ ctx, input: { integrationId: id, withExample } });
    return { settings, manages: ctx.role !== "member" };
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not_found") notFound();
    throw error;
  }
}
