import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { type ConflictChoice, conflicts } from "@/db/schema/conflicts";
import { prospects } from "@/db/schema/prospects";
import { users } from "@/db/schema/workspaces";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { undoResolution } from "@/services/conflicts/undo-resolution";
import type { Ctx } from "@/services/context";
import type { SyncWorld } from "../../support/sync-world";

/** What the tests of decisions do and look at, in a world of theirs. */
export function conflictsIn(world: SyncWorld) {
  /** A pair whose job titles were changed on both sides. */
  async function conflicted(name: string) {
    const email = `${name.toLowerCase()}@example.com`;
    const id = await world.addProspect({ emails: [email], first_name: name, job_title: "CEO" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editProspect(id, "job_title", "CEO", "Snov");
    await world.editContact(contactId, { jobtitle: "Hub" });
    await world.reconcile();
    return { id, contactId, conflict: await openOf(id) };
  }

  async function openOf(recordId: string) {
    const open = (await world.openConflicts()).filter((one) => one.recordId === recordId);
    expect(open).toHaveLength(1);
    return open[0] as (typeof open)[number];
  }

  async function conflictById(id: string) {
    const [row] = await world.db.select().from(conflicts).where(eq(conflicts.id, id));
    return row;
  }

  async function titles({ id, contactId }: { id: string; contactId: string }) {
    const [prospect] = await world.db.select().from(prospects).where(eq(prospects.id, id));
    return [prospect?.jobTitle, (await world.contact(contactId)).properties.jobtitle];
  }

  const resolve = (conflict: { id: string; revision: number }, choice: ConflictChoice, ctx = world.ctx) =>
    resolveConflicts({
      ctx,
      input: {
        integrationId: world.integrationId,
        resolutions: [{ conflictId: conflict.id, seen: conflict.revision, choice }],
      },
    });

  const undo = (resolutionId: string) =>
    undoResolution({ ctx: world.ctx, input: { integrationId: world.integrationId, resolutionId } });
  /** Of the queue as it is now. */
  const snapshot = async () =>
    (await readConflictsPage({ ctx: world.ctx, input: { integrationId: world.integrationId } })).snapshot;
  async function colleague(name: string, role: Ctx["role"]): Promise<Ctx> {
    const email = `${name.toLowerCase()}@example.org`;
    const [user] = await world.db.insert(users).values({ email, name }).returning({ id: users.id });
    return { ...world.ctx, userId: user?.id ?? "", userName: name, role };
  }
  return { colleague, snapshot, conflicted, openOf, conflictById, titles, resolve, undo };
}
