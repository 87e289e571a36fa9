import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { askedRecords, filterOf } from "@/components/records/asked-records";
import { readRecords } from "@/services/integrations/read-records";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id } = await params;
    const { at, side, recordId, ...asked } = Object.fromEntries(request.nextUrl.searchParams);
    return readRecords({
      ctx,
      input: {
        id,
        filter: filterOf(askedRecords(asked)),
        after: side && recordId ? { at: at || null, side, recordId } : null,
      },
    });
  });
