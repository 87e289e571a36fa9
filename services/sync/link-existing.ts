import { and, eq, isNull } from "drizzle-orm";
import { integrations } from "@/db/schema/integrations";
import { recordLinks, recordStatuses } from "@/db/schema/sync";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { markPending } from "@/services/pending/mark-pending";
import { planRecord } from "@/sync/plan";
import { contactReader, contactShown } from "./contact-reader";
import { inSync } from "./in-sync";
import { loadPageContext } from "./load-page-context";
import { lockLinks } from "./moved-links";
import { addErasures, unseen } from "./observe-page";
import type { Verdict } from "./outcome";
import { contactsInScope, prospectInScope } from "./page-scope";
import { planInput } from "./plan-page";
import { readPairs } from "./read-pairs";
import type { ContactRecord } from "./record-work";

/**
 * After launch, remembers which prospects and contacts exist already and where they agree, one page of
 * contacts at a time. Writes to neither side: it only gives later edits a base, so that a change made on one
 * side is not mistaken for a conflict. Returns whether more pages follow.
 */
export async function linkExistingPage(
  deps: Deps,
  integrationId: string,
): Promise<{ more: boolean; linked: number }> {
  const page = await loadPageContext(deps.db, integrationId);
  const [state] = await deps.db
    .select({ cursor: integrations.linkCursor, doneAt: integrations.existingLinkedAt })
    .from(integrations)
    .where(eq(integrations.id, integrationId));
  if (!page || !state || state.doneAt) return { more: false, linked: 0 };

  const hubspot = await openConnection(deps, page.connectionId, "bulk");
  const reader = contactReader(hubspot.contacts, page);
  const { contacts: read, next } = await hubspot.contacts.listPage(
    state.cursor ?? undefined,
    reader.properties,
  );
  const contacts = read.map(reader.toContact);
  const claimed = contacts.map(({ id }) => ({ side: "hubspot" as const, recordId: id }));
  const pairs = await readPairs(deps.db, reader, page, claimed, contacts);
  const inScope = await contactsInScope(
    hubspot,
    page.incomingScope,
    contacts.map(({ id }) => id),
  );

  const links: (typeof recordLinks.$inferInsert & { verdict: Verdict | null; contact: ContactRecord })[] = [];
  const observations = pairs.map((pair) => unseen(page, { ...pair, claimed: [] }));
  await addErasures(deps.db, page, reader, observations);
  for (const observation of observations) {
    const { prospect, contact, link, dispute, erased } = observation;
    if (!prospect || !contact || link || dispute || erased) continue;
    observation.inScope = {
      snov: prospectInScope(page.outgoingScope, prospect),
      hubspot: inScope(contact.id),
    };
    const plan = planRecord(page.planner, planInput(observation));
    if (plan.kind !== "pair") continue;
    const written = new Set([...Object.keys(plan.writes.snov), ...Object.keys(plan.writes.hubspot)]);
    const agreed = Object.entries(plan.base).filter(([mappingId]) => {
      const mapping = page.planner.mappings.find((candidate) => candidate.id === mappingId);
      return mapping && !written.has(mapping.fields.snov) && !written.has(mapping.fields.hubspot);
    });
    const alike = !written.size && !plan.conflicts.length && !plan.held.length;
    links.push({
      integrationId,
      prospectId: prospect.id,
      contactId: contact.id,
      base: Object.fromEntries(agreed),
      snovInScope: observation.inScope.snov,
      hubspotInScope: observation.inScope.hubspot,
      verdict: alike ? inSync(page, { ...observation, plan }) : null,
      contact,
    });
  }

  await deps.db.transaction(async (tx) => {
    await lockLinks(tx, integrationId);
    // They are left out, which their own look says.
    const erased = observations.flatMap((one) => (one.erased && one.contact ? [one.contact.id] : []));
    await markPending(tx, integrationId, "hubspot", erased);
    if (links.length) {
      const saved = await tx
        .insert(recordLinks)
        .values(links)
        .onConflictDoNothing()
        .returning({ id: recordLinks.prospectId });
      const fresh = new Set(saved.map(({ id }) => id));
      const statuses = links
        .filter(({ prospectId }) => fresh.has(prospectId))
        .map(({ prospectId, verdict, contact }) => ({
          integrationId,
          side: "snov" as const,
          recordId: prospectId,
          ...(verdict ?? { status: "excluded" as const, reason: "not_transferred" }),
          verifiedAt: verdict ? new Date() : null,
          ...contactShown(contact.fields),
        }));
      if (statuses.length) await tx.insert(recordStatuses).values(statuses).onConflictDoNothing();
    }
    await tx
      .update(integrations)
      .set({ linkCursor: next ?? null, ...(next ? {} : { existingLinkedAt: new Date() }) })
      .where(and(eq(integrations.id, integrationId), isNull(integrations.existingLinkedAt)));
  });
  return { more: next !== undefined, linked: links.length };
}
