import { randomUUID } from "node:crypto";
import { createProspects } from "@/connectors/prospects/create-prospects";
import { findProspectsByMatchKeys } from "@/connectors/prospects/read-prospects";
import { updateProspects } from "@/connectors/prospects/update-prospects";
import type { Tx } from "@/db/client";
import type { FieldChange } from "@/db/schema/prospects";
import { matchKey } from "@/sync/match-key";
import { ownValue } from "@/sync/own-value";
import { isEmpty } from "@/sync/value";
import { writesTo } from "@/sync/writes-to";
import type { UnsavedLink } from "./commit-links";
import type { Delivered } from "./deliver-page";
import { keepsAddress } from "./kept-address";
import { lookAgain, type Outcome } from "./outcome";
import { owedAfter } from "./owed-extras";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";
import { statusRefused } from "./refused-fields";

/** Writes the prospects' side and returns the pairs to link; what cannot be written changes its outcome. */
export async function writeProspects(
  tx: Tx,
  page: PageContext,
  works: RecordWork[],
  delivered: Delivered,
  outcomes: Map<RecordWork, Outcome>,
): Promise<UnsavedLink[]> {
  const change: FieldChange = {
    at: new Date().toISOString(),
    by: { kind: "integration", id: page.integrationId },
  };
  const updated = await updateProspects(
    tx,
    page.workspaceId,
    works.flatMap((work) => {
      const { plan, prospect } = work;
      const writes = plan.kind === "pair" ? writesTo(plan, "snov") : null;
      return prospect && writes
        ? [
            {
              id: prospect.id,
              version: prospect.version,
              writes,
              givenBefore: putBackOf(work),
              keepsAddress: keepsAddress(page, work),
            },
          ]
        : [];
    }),
    change,
  );
  const isTaken = await takenAddresses(tx, page, works);
  const unsaved: UnsavedLink[] = [];
  const creations: { id: string; fields: UnsavedLink["base"] }[] = [];
  for (const work of works) {
    const { plan, prospect, contact } = work;
    const delivery = delivered.get(work);
    const owed = owedAfter(page, work, delivered);
    // Or none is to be given at all.
    const isStatusGiven = !owed.includes("status") && !statusRefused(page, work, delivered);
    // Whose the address is by now, the next look finds.
    if (isTaken(work)) outcomes.set(work, lookAgain);
    else if (plan.kind === "create" && plan.on === "snov" && contact) {
      const id = randomUUID();
      creations.push({ id, fields: plan.fields });
      unsaved.push({
        work,
        prospectId: id,
        contactId: contact.id,
        base: plan.base,
        wrote: { snov: true, hubspot: false },
        owed,
      });
    } else if (plan.kind === "create" && prospect && delivery?.ok && delivery.contactId)
      unsaved.push({
        work,
        prospectId: prospect.id,
        contactId: delivery.contactId,
        base: plan.base,
        wrote: { snov: false, hubspot: isStatusGiven },
        owed,
      });
    else if (plan.kind === "pair" && prospect && contact) {
      const outcome = updated.get(prospect.id);
      if (outcome === "moved" || outcome === "email_taken") outcomes.set(work, lookAgain);
      else {
        // Its further phone goes to HubSpot as the first one.
        if (outcome === "moved_up") outcomes.set(work, lookAgain);
        unsaved.push({
          work,
          prospectId: prospect.id,
          contactId: contact.id,
          base: plan.base,
          wrote: {
            snov: outcome !== undefined,
            hubspot: hasStatus(page, work) || (writesTo(plan, "hubspot") !== null && isStatusGiven),
          },
          owed,
        });
      }
    }
  }
  await createProspects(tx, page.workspaceId, page.receivingListId, creations, change);
  return unsaved;
}

/** When and by whom those values were given that a choice had replaced, and that are put back. */
function putBackOf({ plan, resolutions }: RecordWork): Record<string, FieldChange> {
  if (plan.kind !== "pair") return {};
  return Object.fromEntries(
    resolutions.flatMap(({ mappingId, resolution: { changedInSnov } }) => {
      const resolved = ownValue(plan.resolved, mappingId ?? "");
      return resolved?.outcome === "undone" && changedInSnov ? [[resolved.fields.snov, changedInSnov]] : [];
    }),
  );
}

/** A contact that had one when the two met needs no first one, also once a person takes it away. */
function hasStatus({ planner }: PageContext, { contact }: RecordWork): boolean {
  const status = planner.firstStatus.hubspot;
  return status !== null && !isEmpty(ownValue(contact?.fields ?? {}, status.field) ?? null);
}

/** Somebody may have given the address of a prospect about to be created to another one since it was read. */
async function takenAddresses(
  tx: Tx,
  page: PageContext,
  works: RecordWork[],
): Promise<(work: RecordWork) => boolean> {
  const keyOf = ({ plan }: RecordWork) =>
    plan.kind === "create" && plan.on === "snov" ? matchKey(String(plan.fields.email)) : null;
  const keys = works.flatMap((work) => keyOf(work) ?? []);
  const owners = keys.length ? await findProspectsByMatchKeys(tx, page.workspaceId, keys) : new Map();
  return (work) => owners.has(keyOf(work) ?? "");
}
