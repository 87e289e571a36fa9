import type { NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";
import { respondCsv } from "@/app/server/respond-csv";
import { readOrRefuse } from "@/app/server/respond-json";
import { activityFilterOf, askedActivity } from "@/components/activity/asked-activity";
import { csvWords } from "@/components/activity/csv-words";
import { shownFields } from "@/components/transfers/shown-fields";
import type { Texts } from "@/components/ui/texts";
import { activitiesCsv } from "@/services/activities/write-csv";
import { readSettings } from "@/services/integrations/read-settings";

type Context = { params: Promise<{ id: string }> };

export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { id } = await params;
  const { known, refusal } = await readOrRefuse(async (ctx) => ({
    ctx,
    settings: await readSettings({ ctx, input: { integrationId: id } }),
  }));
  if (refusal) return refusal;
  const { ctx, settings } = known;
  const filter = activityFilterOf(askedActivity(Object.fromEntries(request.nextUrl.searchParams)));
  const [all, t] = await Promise.all([getTranslations(), getTranslations("activity")]);
  const lines = activitiesCsv({
    ctx,
    input: { integrationId: id, filter },
    words: csvWords({ all: all as Texts, t: t as Texts & typeof t, fields: shownFields(settings) }),
  });
  return respondCsv(lines, `activity-${id.slice(0, 8)}.csv`);
}
