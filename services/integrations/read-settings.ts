import { z } from "zod";
import {
  readIntegrationSettings,
  type IntegrationSettings as Stored,
} from "@/db/queries/integration-settings";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";
import { type PolicyExample, policyExample } from "./policy-example";

export type { MappingSetting } from "@/db/queries/integration-settings";
export type IntegrationSettings = Stored & {
  /** Null where nobody asked for it, or there is nothing to show. */
  policyExample: PolicyExample | null;
};

const ReadSettings = z.object({ integrationId: z.uuid(), withExample: z.boolean().default(false) });

/** Everything the wizard and the settings page show. */
export async function readSettings({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ReadSettings>;
}): Promise<IntegrationSettings> {
  const parsed = ReadSettings.safeParse(input);
  const settings =
    parsed.success && (await readIntegrationSettings(ctx.db, ctx.workspaceId, parsed.data.integrationId));
  if (!settings) throw new ServiceError("not_found", "no such integration in this workspace");
  const example = parsed.data.withExample ? await policyExample(ctx.db, ctx.workspaceId, settings) : null;
  return { ...settings, policyExample: example };
}
