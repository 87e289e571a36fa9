import type { integrations } from "@/db/schema/integrations";

type Row = Pick<typeof integrations.$inferSelect, "incomingScope" | "goneLists">;

/** The HubSpot lists that are chosen still and that HubSpot did not know when it was last asked. */
export function goneListsOf({ incomingScope, goneLists }: Row): string[] {
  return incomingScope.kind === "lists" ? incomingScope.ids.filter((id) => goneLists.includes(id)) : [];
}
