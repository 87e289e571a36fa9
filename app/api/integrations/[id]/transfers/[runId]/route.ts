import { respondJson } from "@/app/server/respond-json";
import { readTransfer } from "@/services/transfers/read-transfer";

type Context = { params: Promise<{ runId: string }> };

export const GET = (_request: Request, { params }: Context) =>
  respondJson(async (ctx) => readTransfer({ ctx, input: await params }));
