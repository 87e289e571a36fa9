import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { readGivers } from "@/services/activities/read-givers";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id } = await params;
    const ids = request.nextUrl.searchParams.get("ids");
    return readGivers({ ctx, input: { integrationId: id, activityIds: ids ? ids.split(",") : [] } });
  });
