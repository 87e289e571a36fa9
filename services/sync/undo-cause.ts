import type { ActivityCause } from "@/db/schema/sync";
import type { UndoneChanges } from "@/db/schema/transfers";

/** Under whose name an undo is told. `changes`: what it is of, where that is no transfer. */
export function undoCause(
  userId: string | null,
  name: string | null,
  changes: UndoneChanges | null,
): ActivityCause {
  return { kind: "undo", userId, name: name ?? "", ...(changes ? { of: changes.kind } : {}) };
}
