import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/workspaces";
import { hashPassword, verifyPassword } from "@/lib/password";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { NewPassword } from "./inputs";
import { limitAttempts } from "./limit-attempts";

const Input = z.object({ currentPassword: z.string().max(1000), newPassword: NewPassword });

/** Ends every session of this person, the present one too: the page signs in again with the new password. */
export async function changePassword({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof Input>;
}): Promise<void> {
  const [person] = await ctx.db.select().from(users).where(eq(users.id, ctx.userId));
  const { currentPassword, newPassword } = Input.parse(input);
  if (!person) throw new ServiceError("signed_out", "the person is gone");
  if (person.passwordHash !== null) {
    const attempt = await limitAttempts(ctx.db, [{ kind: "password-change", value: person.id, limit: 10 }]);
    if (!(await verifyPassword(currentPassword, person.passwordHash))) {
      throw new ServiceError("invalid_input", "wrong current password", {
        fields: { currentPassword: "wrong_current_password" },
      });
    }
    await attempt.succeeded();
  }
  const passwordHash = await hashPassword(newPassword);
  await ctx.db
    .update(users)
    .set({ passwordHash, sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, ctx.userId));
}
