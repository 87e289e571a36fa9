import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { readHistory } from "@/services/prospects/read-history";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const before = request.nextUrl.searchParams.get("before");
    return readHistory({ ctx, input: { ...(await params), before } });
  });
