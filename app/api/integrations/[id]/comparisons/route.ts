import { respondJson } from "@/app/server/respond-json";
import { readComparisons } from "@/services/reconcile/read-comparisons";

type Context = { params: Promise<{ id: string }> };

export const GET = (_request: Request, { params }: Context) =>
  respondJson(async (ctx) => readComparisons({ ctx, input: await params }));
