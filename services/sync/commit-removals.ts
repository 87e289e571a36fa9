import { inArray, sql } from "drizzle-orm";
import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import { readProspects } from "@/connectors/prospects/read-prospects";
import { removeProspects } from "@/connectors/prospects/remove-prospects";
import { restoreProspects } from "@/connectors/prospects/restore-prospects";
import type { Tx } from "@/db/client";
import { type ActivityCause, type FieldDelta, recordLinks } from "@/db/schema/sync";
import type { NewActivity } from "@/services/activities/record-activity";
import { ownValue } from "@/sync/own-value";
import { otherSide, type Side } from "@/sync/side";
import { isEmpty } from "@/sync/value";
import { commitErasures } from "./commit-erasures";
import { archivesContact, type Delivered } from "./deliver-page";
import { deleteLinks } from "./end-links";
import { fieldLabel } from "./field-label";
import { failing, lookAgain, type Outcome } from "./outcome";
import type { PageContext } from "./page-context";
import { prospectIdOf, type RecordWork } from "./record-work";
import { rememberUndone } from "./remember-undone";
import { usedMeanwhile } from "./used-meanwhile";

/** What removing and restoring did: prospects that other integrations must look at, and the activities of it. */
export type RemovalResult = { prospectIds: string[]; activities: NewActivity[] };

/** Commits every plan that removes, erases or restores a record, or finds that a pair has gone. */
export async function commitRemovals(
  tx: Tx,
  page: PageContext,
  works: RecordWork[],
  delivered: Delivered,
  outcomes: Map<RecordWork, Outcome>,
): Promise<RemovalResult> {
  const result: RemovalResult = { prospectIds: [], activities: [] };
  await trash();
  await erase();
  await restore();
  const settled = works.filter((work) => outcomes.get(work)?.kind === "forget");
  await endLinks(tx, settled);
  await markBothRemoved(tx, settled);
  await rememberDeclined(tx, works);
  await rememberUndone(
    tx,
    page,
    works.filter((work) => work.plan.kind === "take_back" && isExcluded(outcomes.get(work))),
  );
  return result;

  async function trash(): Promise<void> {
    const takenBack = planned("take_back", "snov");
    const used = await usedMeanwhile(tx, page, takenBack);
    for (const work of used) outcomes.set(work, lookAgain);
    const doomed = [...planned("remove", "snov"), ...takenBack.filter((work) => !used.has(work))];
    const removals = doomed.flatMap(({ prospect }) =>
      prospect ? [{ id: prospect.id, version: prospect.version }] : [],
    );
    const removed = await removeProspects(tx, page.workspaceId, removals);
    for (const work of doomed) {
      const outcome = removed.get(work.prospect?.id ?? "");
      if (outcome === "moved") outcomes.set(work, lookAgain);
      else if (outcome === "removed") done(work, "snov", "prospect/trashed");
    }
    for (const work of works)
      if ((archivesContact(work) && delivered.get(work)?.ok) || wasArchived(work))
        done(work, "hubspot", "contact/archived");
  }

  async function erase(): Promise<void> {
    for (const { prospectId, work } of await commitErasures(tx, page, works)) {
      // What this page concluded about one that lay in the trash beside the planned one would tell of it.
      if (!work)
        for (const beside of works) if (prospectIdOf(beside) === prospectId) outcomes.set(beside, lookAgain);
      const contactId = work?.link?.contactId ?? work?.contact?.id ?? null;
      const erased = { prospectId, contactId, side: "snov" as const, kind: "prospect/erased" };
      const { workspaceId, integrationId } = page;
      const cause = { kind: "sync" as const, from: "hubspot" as const };
      result.activities.push({ workspaceId, integrationId, ...erased, recordName: null, cause });
      result.prospectIds.push(prospectId);
    }
  }

  async function restore(): Promise<void> {
    const binned = planned("restore", "snov");
    const idOf = (work: RecordWork) => work.link?.prospectId ?? "";
    const restored = await restoreProspects(tx, page.workspaceId, binned.map(idOf));
    for (const work of binned) {
      if (restored.get(idOf(work)) === "email_taken")
        outcomes.set(work, failing("email_taken", { side: "Snov.io" }));
    }
    const back = binned.filter((work) => restored.get(idOf(work)) === "restored");
    // The undo of a transfer goes by what a record was given, and held.
    const values = page.runId ? await readProspects(tx, page.workspaceId, back.map(idOf)) : new Map();
    for (const work of back)
      done(work, "snov", "prospect/restored", heldValues(page, values.get(idOf(work))));
    const ids = back.flatMap(({ link }) => link?.id ?? []);
    if (ids.length)
      await tx.update(recordLinks).set({ bothRemoved: false }).where(inArray(recordLinks.id, ids));
  }

  function planned(kind: "remove" | "restore" | "take_back", on: Side): RecordWork[] {
    return works.filter(({ plan }) => plan.kind === kind && plan.on === on);
  }

  function done(work: RecordWork, side: Side, kind: string, changes: FieldDelta[] = []): void {
    result.activities.push({ ...activityOf(work, side, kind), changes });
    const id = prospectIdOf(work);
    if (side === "snov" && id) result.prospectIds.push(id);
  }

  function activityOf(work: RecordWork, side: Side, kind: string): NewActivity {
    return {
      workspaceId: page.workspaceId,
      integrationId: page.integrationId,
      prospectId: work.link?.prospectId ?? work.prospect?.id ?? null,
      contactId: work.link?.contactId ?? work.contact?.id ?? null,
      side,
      kind,
      recordName: work.prospect?.name ?? work.contact?.name ?? null,
      cause: page.undoneBy ?? askedBy(work) ?? { kind: "sync", from: otherSide(side) },
      runId: page.runId,
    };
  }
}

/** By a page of ours that did not live to tell of it, most likely: that it was about to is known. */
function wasArchived({ plan, contact, absences, mergedAway, unconfirmed }: RecordWork): boolean {
  if (contact || mergedAway || absences.hubspot !== "archived") return false;
  return plan.kind === "take_back" ? plan.on === "hubspot" : plan.kind === "gone" && unconfirmed.removal;
}

/** Every mapped field that a restored prospect has a value in. */
function heldValues(page: PageContext, prospect: ProspectRecord | undefined): FieldDelta[] {
  return page.planner.mappings.flatMap(({ fields: { snov: field } }): FieldDelta[] => {
    const after = ownValue(prospect?.fields ?? {}, field) ?? null;
    return isEmpty(after) ? [] : [{ field, label: fieldLabel(page, "snov", field), before: null, after }];
  });
}

/** Who decided that the record is removed, or comes back. */
function askedBy({ plan, resolutions }: RecordWork): ActivityCause | undefined {
  if (plan.kind === "remove" && !plan.chosen) return undefined;
  return resolutions.find(({ mappingId }) => mappingId === null)?.by;
}

/** A prospect whose contact goes on with another one. */
async function endLinks(tx: Tx, settled: RecordWork[]): Promise<void> {
  const ids = settled.flatMap(({ plan, link }) => (plan.kind === "outlived" && link ? [link.id] : []));
  await deleteLinks(tx, ids);
}

/** From now on, one of the two that is there again was restored by a person. */
async function markBothRemoved(tx: Tx, settled: RecordWork[]): Promise<void> {
  const ids = settled.flatMap(({ plan, link }) => (plan.kind !== "outlived" && link ? [link.id] : []));
  if (ids.length) await tx.update(recordLinks).set({ bothRemoved: true }).where(inArray(recordLinks.id, ids));
}

/** Of a pair that another page has moved, what this one found may be so no longer. */
async function rememberDeclined(tx: Tx, works: RecordWork[]): Promise<void> {
  const ids = works.flatMap(({ plan, declinedRemoval, link }) =>
    plan.kind !== "look_again" && declinedRemoval && link && !link.declined.removal ? [link.id] : [],
  );
  if (ids.length)
    await tx
      .update(recordLinks)
      .set({ declined: sql`jsonb_set(${recordLinks.declined}, '{removal}', 'true')` })
      .where(inArray(recordLinks.id, ids));
}

function isExcluded(outcome: Outcome | undefined): boolean {
  return outcome?.kind === "settled" && outcome.verdict.status === "excluded";
}
