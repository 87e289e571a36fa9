import { z } from "zod";
import type { Ctx } from "@/services/context";
import { updateMapping } from "@/services/integrations/update-mapping";
import { policies } from "@/sync/policy";

const MakeRule = z.object({
  integrationId: z.uuid(),
  /** The settings as the person saw them. */
  seen: z.iso.datetime(),
  mappingId: z.uuid(),
  policy: z.enum(policies),
});

/** "Always do this": the field's policy. Its open conflicts are looked at again, and settled by it where it names a winner. */
export async function makeRule({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof MakeRule>;
}): Promise<{ updatedAt: string }> {
  return updateMapping({ ctx, input: MakeRule.parse(input) });
}
