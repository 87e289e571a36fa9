import { respondJson } from "@/app/server/respond-json";
import { readConflict } from "@/services/conflicts/read-conflict";

type Context = { params: Promise<{ id: string; conflictId: string }> };

export const GET = (_request: Request, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id, conflictId } = await params;
    return readConflict({ ctx, input: { integrationId: id, conflictId } });
  });
