import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { explainField } from "@/services/prospects/explain-field";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const field = request.nextUrl.searchParams.get("field") ?? "";
    return explainField({ ctx, input: { ...(await params), field } });
  });
