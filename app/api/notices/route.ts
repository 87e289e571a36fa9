import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { readNotices } from "@/services/telling/read-notices";

export const GET = (request: NextRequest) =>
  respondJson((ctx) => {
    const { at, id } = Object.fromEntries(request.nextUrl.searchParams);
    return readNotices({ ctx, input: { after: at && id ? { at, id } : null } });
  });
