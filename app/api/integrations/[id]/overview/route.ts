import { respondJson } from "@/app/server/respond-json";
import { readOverview } from "@/services/integrations/read-overview";

type Context = { params: Promise<{ id: string }> };

export const GET = (_request: Request, { params }: Context) =>
  respondJson(async (ctx) => readOverview({ ctx, input: await params }));
