import { and, eq, isNull } from "drizzle-orm";
import { conflicts } from "@/db/schema/conflicts";
import { pauseIntegration } from "@/services/integrations/pause-integration";
import { resumeIntegration } from "@/services/integrations/resume-integration";
import type { LaunchedIntegration } from "./launched-integration";
import { untilTrue } from "./until-true";

export type Pair = { prospectId: string; contactId: string };

/** Contacts by these first names, once each has its prospect. */
export async function addPairs(
  world: LaunchedIntegration,
  names: string[],
  domain: string,
): Promise<(name: string) => Pair> {
  const pairs = new Map<string, Pair>();
  for (const name of names) {
    const properties = { email: `${name.toLowerCase()}@${domain}`, firstname: name, jobtitle: "Lead" };
    pairs.set(name, { prospectId: "", contactId: await world.addContact(properties) });
  }
  await untilTrue(async () => (await world.links()).length >= names.length);
  for (const { prospectId, contactId } of await world.links())
    for (const pair of pairs.values())
      if (pair.contactId === contactId && prospectId) pair.prospectId = prospectId;
  return (name) => {
    const pair = pairs.get(name);
    if (!pair) throw new Error(`${name} takes no part`);
    return pair;
  };
}

/** Neither change travels before the other is made. */
export async function whilePaused({ ctx, integrationId }: LaunchedIntegration, act: () => Promise<void>) {
  const input = { integrationId };
  await pauseIntegration({ ctx, input });
  await act();
  await resumeIntegration({ ctx, input });
}

/** Both sides of each pair get another job title. */
export async function quarrelAbout(world: LaunchedIntegration, pairs: Pair[]): Promise<void> {
  for (const { prospectId, contactId } of pairs) {
    await world.editProspect(prospectId, "job_title", "Lead in Snov");
    await world.editContact(contactId, { jobtitle: "Lead in HubSpot" });
  }
}

export async function titlesOf(world: LaunchedIntegration, { prospectId, contactId }: Pair) {
  const [prospect, contact] = await Promise.all([world.prospect(prospectId), world.contact(contactId)]);
  return [prospect?.jobTitle, contact.properties.jobtitle];
}

export function openConflicts({ db, integrationId }: LaunchedIntegration) {
  return db
    .select()
    .from(conflicts)
    .where(and(eq(conflicts.integrationId, integrationId), isNull(conflicts.closedAt)));
}
