import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { listTransfers } from "@/services/transfers/list-transfers";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id } = await params;
    const after = Object.fromEntries(request.nextUrl.searchParams);
    return listTransfers({ ctx, input: { ...after, integrationId: id } });
  });
