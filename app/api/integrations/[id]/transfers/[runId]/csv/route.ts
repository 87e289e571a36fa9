import type { NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";
import { requireCtx } from "@/app/server/context";
import { respondCsv } from "@/app/server/respond-csv";
import { respondJson } from "@/app/server/respond-json";
import { requireTransfer } from "@/services/transfers/read-transfer";
import { transferCsv } from "@/services/transfers/write-csv";

type Context = { params: Promise<{ runId: string }> };

export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { runId } = await params;
  const known = await respondJson((ctx) => requireTransfer(ctx, runId));
  if (!known.ok) return known;
  const input = { ...Object.fromEntries(request.nextUrl.searchParams), runId };
  const t = await getTranslations("transfers.csv");
  const lines = transferCsv({ ctx: await requireCtx(), input, headingOf: (column) => t(column) });
  return respondCsv(lines, `transfer-${runId.slice(0, 8)}.csv`);
}
