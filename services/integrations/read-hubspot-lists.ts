import { z } from "zod";
import type { ContactList } from "@/connectors/hubspot/lists";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { openConnection } from "../connections/open-connection";
import { forPerson } from "../connections/remote-failure";
import { type Ctx, requireAdmin } from "../context";
import { ServiceError } from "../service-error";

const ReadHubspotLists = z.object({ integrationId: z.uuid() });

/** The account's contact lists, read live. */
export async function readHubspotLists({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ReadHubspotLists>;
}): Promise<ContactList[]> {
  requireAdmin(ctx);
  const { integrationId } = ReadHubspotLists.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known) throw new ServiceError("not_found", "no such integration in this workspace");
  return forPerson(async () => (await openConnection(ctx, known.connection.id)).lists.search(""));
}
