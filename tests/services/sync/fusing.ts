import { eq } from "drizzle-orm";
import { integrations } from "@/db/schema/integrations";
import { harmCounts } from "@/db/schema/safety";
import { pendingRecords } from "@/db/schema/sync";
import type { FuseKind } from "@/sync/fuses";
import type { SyncWorld } from "../../support/sync-world";

/** What the stories of fuses are told with. */
export function fusing(world: SyncWorld) {
  let round = 0;
  const addressOf = (name: string) => `${name.toLowerCase()}${round}@example.com`;
  return {
    addressOf,
    /** Nothing waits, nothing was done, and everybody of one test has a company of their own. */
    begin: async () => {
      round += 1;
      const fuses = { removals: 2, blankings: 2, overwrites: 3, bounces: 3 };
      await world.configure({ state: "active", fuses, fuseStop: null, fuseAnswers: [] });
      await world.db.delete(pendingRecords);
      await world.db.delete(harmCounts);
    },
    /** New prospects with their contacts. */
    team: async (names: string[]) => {
      const ids = [];
      for (const name of names)
        ids.push(
          await world.addProspect({
            emails: [addressOf(name)],
            first_name: name,
            job_title: "CEO",
            company: `Company ${round}`,
          }),
        );
      await world.reconcile();
      return ids;
    },
    company: async () =>
      (await world.contacts()).filter(({ properties }) => properties.company === `Company ${round}`),
    state: async () =>
      (await world.db.select().from(integrations).where(eq(integrations.id, world.integrationId)))[0],
    answer: (kind: FuseKind, given: "continue" | "discard") =>
      world.configure({
        state: "active",
        fuseStop: null,
        fuseAnswers: [{ kind, answer: given, noticedUntil: new Date().toISOString() }],
      }),
  };
}
