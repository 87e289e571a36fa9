import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { askedConflicts, filterOf } from "@/components/conflicts/asked-conflicts";
import { readConflictsPage } from "@/services/conflicts/read-page";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id } = await params;
    const { openedAt, side, recordId, after, watched, ...asked } = Object.fromEntries(
      request.nextUrl.searchParams,
    );
    return readConflictsPage({
      ctx,
      input: {
        integrationId: id,
        filter: filterOf(askedConflicts(asked)),
        after: openedAt && side && recordId && after ? { openedAt, side, recordId, id: after } : null,
        watched: watched ? watched.split(",") : [],
      },
    });
  });
