import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { readTried } from "@/services/integrations/read-tried";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id } = await params;
    return readTried({ ctx, input: { ...Object.fromEntries(request.nextUrl.searchParams), id } });
  });
