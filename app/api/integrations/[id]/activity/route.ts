import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { activityFilterOf, askedActivity } from "@/components/activity/asked-activity";
import { readActivities } from "@/services/activities/read-activities";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id } = await params;
    const { at, after, ...asked } = Object.fromEntries(request.nextUrl.searchParams);
    return readActivities({
      ctx,
      input: {
        integrationId: id,
        filter: activityFilterOf(askedActivity(asked)),
        after: at && after ? { at, id: after } : null,
      },
    });
  });
