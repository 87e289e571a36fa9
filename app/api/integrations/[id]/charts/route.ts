import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { chartRanges } from "@/db/queries/hour-spans";
import { timeZoneCookie } from "@/lib/locales";
import { readCharts } from "@/services/figures/read-charts";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const asked = request.nextUrl.searchParams.get("range");
    const range = chartRanges.find((one) => one === asked) ?? "day";
    const timeZone = request.cookies.get(timeZoneCookie)?.value;
    return readCharts({ ctx, input: { ...(await params), range, timeZone } });
  });
