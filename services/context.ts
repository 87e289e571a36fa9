import type { RateBudget } from "@/connectors/hubspot/rate-budget";
import type { Db } from "@/db/client";
import type { Role } from "@/db/schema/workspaces";
import { ServiceError } from "./service-error";

/** Tells the engine that an integration has pending records. A lost call costs at most a minute: the sweep repeats it. */
export type Wake = (integrationIds: string[]) => Promise<void>;

/** What verbs without a person behind them need. */
export type Deps = {
  db: Db;
  wake: Wake;
  /** Who lets calls to an account out; unless given, all processes on this database together. */
  budgetOf?: ((account: string) => RateBudget) | undefined;
};

/** Who is acting, in which workspace. Built from the session in `app/`, never from input. */
export type Ctx = Deps & {
  userId: string;
  userName: string;
  workspaceId: string;
  role: Role;
};

/** Connecting, launching, deleting and changing an integration is for owners and admins. */
export function requireAdmin(ctx: Ctx): void {
  if (ctx.role === "member") throw new ServiceError("forbidden", "needs the role owner or admin");
}
