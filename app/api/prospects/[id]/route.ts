import { respondJson } from "@/app/server/respond-json";
import { readProspect } from "@/services/prospects/read-prospect";

type Context = { params: Promise<{ id: string }> };

export const GET = (_request: Request, { params }: Context) =>
  respondJson(async (ctx) => readProspect({ ctx, input: await params }));
