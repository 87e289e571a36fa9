import { respondJson } from "@/app/server/respond-json";
import { readListUses } from "@/services/prospects/read-list-uses";

type Context = { params: Promise<{ id: string }> };

export const GET = (_request: Request, { params }: Context) =>
  respondJson(async (ctx) => readListUses({ ctx, input: await params }));
