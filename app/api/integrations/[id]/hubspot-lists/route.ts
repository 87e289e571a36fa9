import { respondJson } from "@/app/server/respond-json";
import { readHubspotLists } from "@/services/integrations/read-hubspot-lists";

type Context = { params: Promise<{ id: string }> };

/** The account's contact lists, asked of HubSpot each time. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return respondJson((ctx) => readHubspotLists({ ctx, input: { integrationId: id } }));
}
