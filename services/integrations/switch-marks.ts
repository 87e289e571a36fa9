import { eq } from "drizzle-orm";
import { z } from "zod";
import { fieldMappings } from "@/db/schema/integrations";
import { contactMark } from "@/sync/contact-mark";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import { type Ctx, requireAdmin } from "../context";
import { provideMark } from "../properties/provide-mark";
import { upsertProperties } from "../properties/store-properties";
import { ServiceError } from "../service-error";
import { changeSettings, delta, SettingsTarget } from "./change-settings";
import { requireIntegration } from "./require-integration";

const SwitchMarks = SettingsTarget.extend({ on: z.boolean() });

/** Whether contacts carry the ids of their prospects. Off, the property stays in the account, and nobody reads or writes it. */
export async function switchMarks({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof SwitchMarks>;
}): Promise<{ updatedAt: string }> {
  requireAdmin(ctx);
  const { on, ...target } = SwitchMarks.parse(input);
  const { connectionId } = await requireIntegration(ctx, target.integrationId);
  const provided = on ? await provideMark(ctx, connectionId) : null;
  return changeSettings(ctx, target, async (tx, before) => {
    if (provided) {
      const mapped = await tx
        .select({ property: fieldMappings.hubspotProperty })
        .from(fieldMappings)
        .where(eq(fieldMappings.integrationId, before.id));
      const used = [...mapped.map(({ property }) => property), before.constantToHubspot?.field];
      if (used.includes(contactMark.name))
        throw new ServiceError("in_use", "the property carries something else", { reason: "mark_mapped" });
      await upsertProperties(tx, before.connectionId, [provided.property]);
    }
    if (provided?.isNew)
      await recordActivities(tx, [
        {
          workspaceId: ctx.workspaceId,
          integrationId: before.id,
          side: "hubspot" as const,
          kind: "field/created",
          recordName: provided.property.label,
          cause: memberCause(ctx),
        },
      ]);
    const isSame = before.marksContacts === on && before.markStopped === null;
    return {
      ...(isSame ? {} : { set: { marksContacts: on, markStopped: null } }),
      deltas: [delta("marksContacts", before.marksContacts, on)],
      result: {},
    };
  });
}
