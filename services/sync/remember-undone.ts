import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db, Tx } from "@/db/client";
import { ownValue } from "@/sync/own-value";
import type { Declined } from "@/sync/record-plan";
import { otherSide } from "@/sync/side";
import { valuesOf } from "./harm-of-work";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

const Returned = z.array(z.object({ id: z.string(), revision: z.string() }));

/**
 * Has the links of what an undo does remember that the ordinary line leaves it so. Returns each link's new revision; one
 * that was written since it was read is missing.
 */
export async function rememberUndone(
  db: Db | Tx,
  page: PageContext,
  works: RecordWork[],
): Promise<Map<string, string>> {
  const rows = works.flatMap((work) => {
    const declined = declinedAfter(page, work);
    return work.link && declined ? [{ id: work.link.id, revision: work.link.revision, declined }] : [];
  });
  if (!rows.length) return new Map();
  const saved = await db.execute(sql`
    update record_links l set declined = x.declined
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, revision text, declined jsonb)
    where l.id = x.id and l.xmin::text = x.revision
    returning l.id, l.xmin::text as revision`);
  return new Map(Returned.parse([...saved]).map(({ id, revision }) => [id, revision]));
}

function declinedAfter({ planner }: PageContext, work: RecordWork): Declined | null {
  const { plan, link } = work;
  if (plan.kind === "pair" && plan.undoes) return plan.declined;
  if (plan.kind !== "take_back" || !link) return null;
  const left = otherSide(plan.on);
  const values = valuesOf(work)[left] ?? {};
  return {
    ...link.declined,
    creation: Object.fromEntries(
      planner.mappings.flatMap(({ id, fields }) => {
        const value = ownValue(values, fields[left]);
        return value === undefined ? [] : [[id, value]];
      }),
    ),
  };
}
