import { and, desc, eq, isNotNull } from "drizzle-orm";
import { prospects } from "@/db/schema/prospects";
import { activities, recordLinks } from "@/db/schema/sync";
import { startUndo } from "@/services/transfers/start-undo";
import type { Side } from "@/sync/side";
import type { SyncWorld } from "../../support/sync-world";
import { peopleOf } from "./people";
import { itemsOf, previewAll, previewPage, transferAll } from "./transfer";

/** What the stories of undoing a transfer are told with. */
export function undoing(world: SyncWorld) {
  const people = peopleOf(world);

  async function undoPreviewed(undoes: string): Promise<string> {
    const { runId } = await startUndo({ ctx: world.ctx, input: { runId: undoes } });
    for (let page = 0; (await previewPage(world.ctx, runId)).more; page += 1)
      if (page > 100) throw new Error("the preview does not end");
    return runId;
  }

  /** The last change that this side was given. */
  async function lastOn(side: Side, prospectId: string): Promise<number> {
    const [row] = await world.db
      .select({ id: activities.id })
      .from(activities)
      .where(and(eq(activities.side, side), eq(activities.prospectId, prospectId)))
      .orderBy(desc(activities.id))
      .limit(1);
    return row?.id ?? 0;
  }

  /** A pair whose job title went from CEO to CTO in Snov.io, and with the sync to HubSpot. */
  async function edited(more: Record<string, string> = {}, name = "Ada") {
    const id = await people.prospect(name, { job_title: "CEO", ...more });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    return { id, contactId };
  }

  async function changePreviewed(activityId: number, day?: { from: string; to: string }): Promise<string> {
    const input = { integrationId: world.integrationId, activityId, ...(day ? { day } : {}) };
    const { runId } = await startUndo({ ctx: world.ctx, input });
    while ((await previewPage(world.ctx, runId)).more);
    return runId;
  }

  return {
    ...people,
    lastOn,
    edited,
    changePreviewed,
    contactTitle: async (id: string) => (await world.contact(id)).properties.jobtitle ?? "",
    rowOf: async (id: string) => (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0],
    trashed: async () => await world.db.select().from(prospects).where(isNotNull(prospects.deletedAt)),
    linkOf: async (prospectId: string) =>
      (await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, prospectId)))[0],
    transferred: async () => {
      const runId = await previewAll(world);
      await transferAll(world, runId);
      // What was noticed while the records were made is no edit after the transfer.
      await world.reconcile();
      return runId;
    },
    undoPreviewed,
    undone: async (undoes: string) => {
      const runId = await undoPreviewed(undoes);
      await transferAll(world, runId);
      return runId;
    },
    /** Both sides tell of the pair, as after webhooks. */
    look: async (prospectId: string, contactId: string) => {
      await world.notice("snov", prospectId);
      await world.notice("hubspot", contactId);
      return await world.reconcile();
    },
    outcomes: async (runId: string) =>
      (await itemsOf(world, runId)).map(({ name, outcome, detail }) => [name, outcome, detail.reason]),
  };
}
