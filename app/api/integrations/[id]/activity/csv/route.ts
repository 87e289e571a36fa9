import type { NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";
import { requireCtx } from "@/app/server/context";
import { respondCsv } from "@/app/server/respond-csv";
import { respondJson } from "@/app/server/respond-json";
import { activityFilterOf, askedActivity } from "@/components/activity/asked-activity";
import { activitiesCsv } from "@/services/activities/write-csv";
import { readSettings } from "@/services/integrations/read-settings";

type Context = { params: Promise<{ id: string }> };

export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { id } = await params;
  const known = await respondJson((ctx) => readSettings({ ctx, input: { integrationId: id } }));
  if (!known.ok) return known;
  const filter = activityFilterOf(askedActivity(Object.fromEntries(request.nextUrl.searchParams)));
  const t = await getTranslations("activity.csv");
  const lines = activitiesCsv({
    ctx: await requireCtx(),
    input: { integrationId: id, filter },
    headingOf: (column) => t(column),
  });
  return respondCsv(lines, `activity-${id.slice(0, 8)}.csv`);
}
