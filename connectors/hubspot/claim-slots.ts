import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type CallKind, type Lane, rateBudgets, rateSlots } from "@/db/schema/rates";
import { inMs } from "./database-time";
import type { Share } from "./share-slots";

type Claim = {
  account: string;
  kind: CallKind;
  /** What the budget's row said when the share was decided. */
  version: number;
  share: Pick<Share, "bulkRestMs" | "bulkWantedMs">;
  slots: { number: number; lane: Lane }[];
  lease: string;
  leaseMs: number;
};

/** False where somebody else changed the budget since it was read; then nothing was written. */
export async function claimSlots(db: Db, claim: Claim): Promise<boolean> {
  const { account, kind, version, share, slots, lease, leaseMs } = claim;
  const [row] = await db.execute<{ claimed: boolean }>(sql`
    with budget as (
      update ${rateBudgets} set
        version = version + 1,
        bulk_rest_until = ${inMs(share.bulkRestMs)},
        bulk_wanted_until = ${inMs(share.bulkWantedMs)}
      where account = ${account} and kind = ${kind} and version = ${version}
      returning account, kind
    ), taken as (
      insert into ${rateSlots} (account, kind, slot, lane, lease, free_at)
      select account, kind, wish.number, wish.lane, ${lease}::uuid, ${inMs(leaseMs)}
      from budget, jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as wish (number int, lane text)
      on conflict (account, kind, slot) do update
        set lane = excluded.lane, lease = excluded.lease, free_at = excluded.free_at
    )
    select exists (select from budget) as claimed`);
  return row?.claimed === true;
}
