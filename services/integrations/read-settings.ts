import { z } from "zod";
import { readIntegrationSettings } from "@/db/queries/integration-settings";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";

export type { IntegrationSettings, MappingSetting } from "@/db/queries/integration-settings";

const ReadSettings = z.object({ integrationId: z.uuid() });

/** Everything the wizard and the settings page show. */
export async function readSettings({ ctx, input }: { ctx: Ctx; input: z.input<typeof ReadSettings> }) {
  const parsed = ReadSettings.safeParse(input);
  const settings =
    parsed.success && (await readIntegrationSettings(ctx.db, ctx.workspaceId, parsed.data.integrationId));
  if (!settings) throw new ServiceError("not_found", "no such integration in this workspace");
  return settings;
}
