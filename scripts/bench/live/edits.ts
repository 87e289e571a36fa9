import { and, eq, sql } from "drizzle-orm";
import { runItems } from "@/db/schema/runs";
import { recordLinks } from "@/db/schema/sync";
import type { Side } from "@/sync/side";
import type { LaunchedIntegration } from "@/tests/support/launched-integration";
import type { Pair } from "@/tests/support/quarrelling-pairs";
import { untilTrue } from "@/tests/support/until-true";

const WAIT_MS = 120_000;

/** `arrived`: milliseconds until the other side had it, or for how long it was waited for. */
export type Edit = {
  what: "pairToHubspot" | "pairToSnov" | "inLineToHubspot" | "inLineToSnov";
  side: Side;
  recordId: string;
  field: "city" | "job_title";
  value: string;
  arrived: Promise<number>;
};

type World = LaunchedIntegration;

/** Another field on each side, at the same time. */
export async function editPair(world: World, { prospectId, contactId }: Pair, nr: number): Promise<Edit[]> {
  return await Promise.all([
    edit(world, {
      what: "pairToHubspot",
      side: "snov",
      recordId: prospectId,
      field: "job_title",
      value: `Title ${nr}`,
    }),
    edit(world, {
      what: "pairToSnov",
      side: "hubspot",
      recordId: contactId,
      field: "city",
      value: `City ${nr}`,
    }),
  ]);
}

/** A record of each side whose turn in the transfer has not come, while there are any. */
export async function editSomeoneInLine(world: World, runId: string, nr: number): Promise<Edit[]> {
  const edits: Edit[] = [];
  for (const side of ["snov", "hubspot"] as const) {
    const [item] = await world.db
      .select({ recordId: runItems.recordId })
      .from(runItems)
      .where(and(eq(runItems.runId, runId), eq(runItems.side, side), eq(runItems.outcome, "planned")))
      .orderBy(sql`random()`)
      .limit(1);
    if (!item) continue;
    const what = side === "snov" ? "inLineToHubspot" : "inLineToSnov";
    edits.push(await edit(world, { what, side, ...item, field: "city", value: `In line ${nr}` }));
  }
  return edits;
}

/** The edits that were the last of their field, and whose value is not on both sides. */
export async function heldNowhere(world: World, edits: Edit[]): Promise<Edit[]> {
  const last = new Map(edits.map((one) => [`${one.recordId} ${one.field}`, one]));
  const lost: Edit[] = [];
  for (const one of last.values()) {
    const pair = await pairOf(world, one);
    const values = pair ? await valuesOf(world, pair, one.field) : [undefined];
    if (values.some((value) => value !== one.value)) lost.push(one);
  }
  return lost;
}

async function edit(world: World, given: Omit<Edit, "arrived">): Promise<Edit> {
  const { side, recordId, field, value } = given;
  const begun = performance.now();
  if (side === "snov") await world.editProspect(recordId, field, value);
  else await world.editContact(recordId, { [field === "city" ? "city" : "jobtitle"]: value });
  const arrived = untilTrue(async () => {
    const pair = await pairOf(world, given);
    return pair !== null && (await valuesOf(world, pair, field)).every((held) => held === value);
  }, WAIT_MS).then(
    () => performance.now() - begun,
    () => WAIT_MS,
  );
  return { ...given, arrived };
}

async function pairOf({ db, integrationId }: World, { side, recordId }: Pick<Edit, "side" | "recordId">) {
  const id = side === "snov" ? recordLinks.prospectId : recordLinks.contactId;
  const [link] = await db
    .select({ prospectId: recordLinks.prospectId, contactId: recordLinks.contactId })
    .from(recordLinks)
    .where(and(eq(recordLinks.integrationId, integrationId), eq(id, recordId)));
  return link?.prospectId && link.contactId
    ? { prospectId: link.prospectId, contactId: link.contactId }
    : null;
}

async function valuesOf(world: World, { prospectId, contactId }: Pair, field: Edit["field"]) {
  const [prospect, contact] = await Promise.all([world.prospect(prospectId), world.contact(contactId)]);
  const { city, jobtitle } = contact.properties;
  return field === "city" ? [prospect?.city, city] : [prospect?.jobTitle, jobtitle];
}
