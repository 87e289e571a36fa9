import { randomUUID } from "node:crypto";
import { createProspects } from "@/connectors/prospects/create-prospects";
import { updateProspects } from "@/connectors/prospects/update-prospects";
import type { Db, Tx } from "@/db/client";
import type { FieldChange } from "@/db/schema/prospects";
import { recordActivities } from "@/services/activities/record-activity";
import { markProspectsPending } from "@/services/pending/mark-pending";
import { activitiesOf } from "./activities-of";
import type { Claim } from "./claim-pending";
import { saveConflicts } from "./commit-conflicts";
import { type Pairing, saveLinks } from "./commit-links";
import { holdLease, settlePending } from "./commit-pending";
import { saveSeenContacts, saveStatuses } from "./commit-statuses";
import type { Delivered } from "./deliver-page";
import { broughtTogether, excluded, failing, lookAgain, type Outcome, refusedOutcome } from "./outcome";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";
import { forgetUnconfirmed } from "./unconfirmed-writes";

export type PageCounts = { claimed: number; toHubspot: number; toSnov: number; again: number };
export type CommittedPage = { counts: PageCounts; wake: string[] };

/**
 * Writes what a page concluded, in one transaction: prospects, links with their bases, conflicts,
 * statuses, activities, and the removal of the pending rows. Whatever moved meanwhile goes round again.
 */
export async function commitPage(
  db: Db,
  page: PageContext,
  claim: Claim,
  works: RecordWork[],
  delivered: Delivered,
): Promise<CommittedPage> {
  return await db.transaction(async (tx) => {
    await holdLease(tx, claim);
    const outcomes = new Map<RecordWork, Outcome>(
      works.map((work) => [work, decided(work, page, delivered)]),
    );
    const arriving = works.filter((work) => outcomes.get(work)?.kind === "settled");
    const pairings = await writeProspects(tx, page, arriving, delivered, outcomes);

    const saved = await saveLinks(tx, page.integrationId, pairings);
    for (const { work } of pairings) if (!saved.has(work)) outcomes.set(work, lookAgain);
    await saveConflicts(tx, page, saved);
    await saveStatuses(tx, page.integrationId, outcomes, saved);
    await saveSeenContacts(tx, page.integrationId, works);

    const written = [...saved.keys()].filter((work) => writesAnything(work));
    await recordActivities(tx, activitiesOf(page, written, saved));
    const changedProspects = [...saved].flatMap(([work, { prospectId }]) =>
      writesSnov(work) ? [prospectId] : [],
    );
    const wake = await markProspectsPending(tx, page.workspaceId, changedProspects, {
      except: page.integrationId,
    });
    await forgetUnconfirmed(tx, page.integrationId, outcomes);
    await settlePending(tx, claim, outcomes);
    return {
      counts: {
        claimed: claim.records.length,
        toHubspot: written.filter((work) => delivered.has(work)).length,
        toSnov: changedProspects.length,
        again: [...outcomes.values()].filter(({ kind }) => kind === "again").length,
      },
      wake,
    };
  });
}

function decided(work: RecordWork, page: PageContext, delivered: Delivered): Outcome {
  const { plan } = work;
  if (plan.kind === "gone") return { kind: "forget" };
  if (plan.kind === "excluded") return excluded(plan.reason);
  if (plan.kind === "doubtful") return failing(plan.reason);
  const answer = delivered.get(work);
  return answer && !answer.ok ? refusedOutcome(work, page, answer.error) : broughtTogether(work, page);
}

/** Writes the prospects' side and returns the pairs to link; what cannot be written changes its outcome. */
async function writeProspects(
  tx: Tx,
  page: PageContext,
  works: RecordWork[],
  delivered: Delivered,
  outcomes: Map<RecordWork, Outcome>,
): Promise<Pairing[]> {
  const change: FieldChange = {
    at: new Date().toISOString(),
    by: { kind: "integration", id: page.integrationId },
  };
  const updated = await updateProspects(
    tx,
    page.workspaceId,
    works.flatMap(({ plan, prospect }) =>
      plan.kind === "pair" && prospect && Object.keys(plan.writes.snov).length
        ? [{ id: prospect.id, version: prospect.version, writes: plan.writes.snov }]
        : [],
    ),
    change,
  );
  const pairings: Pairing[] = [];
  const creations: { id: string; fields: Pairing["base"] }[] = [];
  for (const work of works) {
    const { plan, prospect, contact } = work;
    const answer = delivered.get(work);
    if (plan.kind === "create" && plan.on === "snov" && contact) {
      const id = randomUUID();
      creations.push({ id, fields: plan.fields });
      pairings.push({
        work,
        prospectId: id,
        contactId: contact.id,
        base: plan.base,
        wrote: { snov: true, hubspot: false },
      });
    } else if (plan.kind === "create" && prospect && answer?.ok)
      pairings.push({
        work,
        prospectId: prospect.id,
        contactId: answer.contact.id,
        base: plan.base,
        wrote: { snov: false, hubspot: true },
      });
    else if (plan.kind === "pair" && prospect && contact) {
      const outcome = updated.get(prospect.id);
      if (outcome === "moved") outcomes.set(work, lookAgain);
      else if (outcome === "email_taken") outcomes.set(work, failing("email_taken", { side: "Snov.io" }));
      else
        pairings.push({
          work,
          prospectId: prospect.id,
          contactId: contact.id,
          base: plan.base,
          wrote: { snov: outcome === "updated", hubspot: answer?.ok === true },
        });
    }
  }
  await createProspects(tx, page.workspaceId, page.receivingListId, creations, change);
  return pairings;
}

function writesSnov({ plan }: RecordWork): boolean {
  return (
    (plan.kind === "create" && plan.on === "snov") ||
    (plan.kind === "pair" && Object.keys(plan.writes.snov).length > 0)
  );
}

function writesAnything(work: RecordWork): boolean {
  return (
    work.plan.kind === "create" ||
    writesSnov(work) ||
    (work.plan.kind === "pair" && Object.keys(work.plan.writes.hubspot).length > 0)
  );
}
