import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { readChanges } from "@/services/conflicts/read-changes";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id } = await params;
    const ids = request.nextUrl.searchParams.get("ids");
    return readChanges({ ctx, input: { integrationId: id, ids: ids ? ids.split(",") : [] } });
  });
