import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { readEnded } from "@/services/transfers/read-ended";

export const GET = (request: NextRequest) =>
  respondJson((ctx) => readEnded({ ctx, input: Object.fromEntries(request.nextUrl.searchParams) }));
