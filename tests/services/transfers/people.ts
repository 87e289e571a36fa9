import { conflicts } from "@/db/schema/conflicts";
import { prospects } from "@/db/schema/prospects";
import { runs } from "@/db/schema/runs";
import { activities, pendingRecords, recordStatuses, unconfirmedWrites } from "@/db/schema/sync";
import type { SyncWorld } from "../../support/sync-world";

/** Who is on either side of a transfer: made by name, and all gone afterwards. */
export function peopleOf(world: SyncWorld) {
  const addressOf = (name: string) => `${name.toLowerCase()}@example.com`;
  return {
    prospect: (name: string, more: Record<string, string> = {}) =>
      world.addProspect({ emails: [addressOf(name)], first_name: name, ...more }),
    contact: (name: string, more: Record<string, string> = {}) =>
      world.addContact({ email: addressOf(name), firstname: name, ...more }),
    clean: async () => {
      await world.configure({ policy: "ask", state: "active", syncType: "both" });
      const tables = [
        runs,
        activities,
        recordStatuses,
        pendingRecords,
        unconfirmedWrites,
        conflicts,
        prospects,
      ];
      for (const table of tables) await world.db.delete(table);
      for (const { id } of await world.contacts()) await world.archiveContact(id);
    },
  };
}
