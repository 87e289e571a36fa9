import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { explainField } from "@/services/prospects/explain-field";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const asked = request.nextUrl.searchParams;
    const input = { ...(await params), field: asked.get("field") ?? "", before: asked.get("before") };
    return explainField({ ctx, input });
  });
