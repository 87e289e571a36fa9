import { eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/workspaces";
import { locales } from "@/lib/locales";
import type { Ctx } from "@/services/context";
import { PersonName } from "./inputs";

const Input = z.object({ name: PersonName.optional(), locale: z.enum(locales).optional() });

export async function editProfile({ ctx, input }: { ctx: Ctx; input: z.input<typeof Input> }): Promise<void> {
  const changes = Input.parse(input);
  if (!Object.keys(changes).length) return;
  await ctx.db.update(users).set(changes).where(eq(users.id, ctx.userId));
}
