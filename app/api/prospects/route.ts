import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { readProspects } from "@/services/prospects/read-prospects";

export const GET = (request: NextRequest) =>
  respondJson((ctx) => readProspects({ ctx, input: Object.fromEntries(request.nextUrl.searchParams) }));
