import { and, eq, isNull, or } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Tx } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { markRecordsPending } from "@/services/pending/mark-pending";
import { matchKey } from "@/sync/match-key";
import { subjectsOf } from "./conflict-subjects";
import { contactKeys } from "./contact-keys";
import { prospectIdOf, type RecordWork } from "./record-work";

/**
 * Has those looked at again that were in dispute with a record of this page, where the cause is gone: the record was
 * removed, or no longer has the address over which the two met.
 */
export async function markDisputed(tx: Tx, integrationId: string, works: RecordWork[]): Promise<void> {
  const keysOf = new Map<string, Set<string>>();
  const survivors = new Map<string, Set<string>>();
  const lookedAt = new Set<string>();
  const changed = new Set<string>();
  const bereft = new Set<string>();
  for (const work of works) {
    const left = addressesAfter(work);
    if (!work.contact) bereft.add(prospectIdOf(work) ?? "");
    for (const { record_id: id } of subjectsOf(work)) {
      // By an id that was merged away nobody is met: the dispute goes on with the survivor.
      const isFormer = work.contact?.formerIds.includes(id);
      keysOf.set(id, isFormer ? new Set() : left);
      if (isFormer) survivors.set(id, left);
      lookedAt.add(id);
      if (changesAddress(work)) changed.add(id);
    }
  }
  if (!keysOf.size) return;
  const disputes = await tx
    .select({
      kind: conflicts.kind,
      outcome: conflicts.outcome,
      side: conflicts.side,
      recordId: conflicts.recordId,
      otherId: conflicts.otherId,
      detail: conflicts.detail,
    })
    .from(conflicts)
    .where(
      and(
        eq(conflicts.integrationId, integrationId),
        anyOf(conflicts.otherId, [...keysOf.keys()]),
        or(isNull(conflicts.closedAt), eq(conflicts.outcome, "apart")),
      ),
    );
  const settled = disputes.filter(({ kind, outcome, recordId, otherId, detail }) => {
    // Whom a person keeps apart from a contact they keep apart from the survivor as well.
    const isKept = outcome === "apart" && kind !== "merged";
    const left = (isKept && survivors.get(otherId ?? "")) || keysOf.get(otherId ?? "");
    const isOver = lookedAt.has(detail.mergedContactId ?? "") || bereft.has(otherId ?? "");
    const letsGo = outcome === "apart" && isOver;
    // Two met in a contact that was merged, whatever their addresses: until the other one is gone, or has no
    // contact, or that one lets go.
    if (kind === "merged" && left?.size && !letsGo) return false;
    // Decided in this very page from what it saw; only what the page itself has changed is news to it.
    if (lookedAt.has(recordId) && !changed.has(otherId ?? "")) return false;
    return !detail.addresses?.some((address) => left?.has(address));
  });
  const records = settled.map(({ side, recordId: id }) => ({ side, id }));
  await markRecordsPending(tx, integrationId, records);
}

/** Whether this page gave the record another address, or took it away: that happens once, and cannot go round for ever. */
function changesAddress({ plan }: RecordWork): boolean {
  if (plan.kind === "pair") return "email" in plan.writes.snov || "email" in plan.writes.hubspot;
  return plan.kind === "remove" || plan.kind === "erase";
}

/** The addresses by which the record can still be met, once the page is committed. */
function addressesAfter({ plan, prospect, contact }: RecordWork): Set<string> {
  if (["remove", "erase", "gone", "outlived"].includes(plan.kind)) return new Set();
  const writes = plan.kind === "pair" ? plan.writes : { snov: {}, hubspot: {} };
  const [primary = "", ...more] = prospect?.emails ?? [];
  const [ours, theirs] = [writes.snov.email ?? primary, writes.hubspot.email ?? contact?.fields.email];
  const known = contact ? contactKeys(contact) : [];
  const kept = known.filter((key) => key !== matchKey(String(contact?.fields.email ?? "")));
  return new Set([ours, theirs, ...more, ...kept].map((email) => matchKey(String(email ?? ""))));
}
