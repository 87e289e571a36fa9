import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { readReasonedRecords } from "@/services/integrations/read-reasoned-records";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id } = await params;
    return readReasonedRecords({ ctx, input: { ...Object.fromEntries(request.nextUrl.searchParams), id } });
  });
