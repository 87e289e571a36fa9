import type { PastContactValue } from "@/services/sync/past-values";

/** Who gave HubSpot a value, when and by what, which is HubSpot's word. `userName`: where HubSpot let us read who its users are. */
export type ToldGiver = { at: string; source: string; userId: string | null; userName: string | null };

/** `names`: of HubSpot's users, by their ids. */
export function toldGiver(
  { at, source, userId }: Pick<PastContactValue, "at" | "source" | "userId">,
  names: ReadonlyMap<string, string>,
): ToldGiver {
  return {
    at: new Date(at).toISOString(),
    source,
    userId: userId ?? null,
    userName: names.get(userId ?? "") ?? null,
  };
}
