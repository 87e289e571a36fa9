import type { ActivityCause } from "@/db/schema/sync";
import type { Ctx } from "../context";

/** The person who acts, with the name they had then. */
export function memberCause(ctx: Pick<Ctx, "userId" | "userName">): ActivityCause {
  return { kind: "member", userId: ctx.userId, name: ctx.userName };
}
