import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { readItems } from "@/services/transfers/read-items";

type Context = { params: Promise<{ runId: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { runId } = await params;
    return readItems({ ctx, input: { ...Object.fromEntries(request.nextUrl.searchParams), runId } });
  });
