import type { NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";
import { contactAddress } from "@/app/server/contact-address";
import { respondCsv } from "@/app/server/respond-csv";
import { readOrRefuse } from "@/app/server/respond-json";
import { reasonText } from "@/components/ui/reason-text";
import { env } from "@/lib/env";
import type { Ctx } from "@/services/context";
import { readSettings } from "@/services/integrations/read-settings";
import { readTransfer } from "@/services/transfers/read-transfer";
import { type CsvWords, transferCsv } from "@/services/transfers/write-csv";

type Context = { params: Promise<{ runId: string }> };

export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { runId } = await params;
  const { known, refusal } = await readOrRefuse(async (ctx) => ({ ctx, ...(await readShown(ctx, runId)) }));
  if (refusal) return refusal;
  const { ctx, finishedAt, account } = known;
  const contactUrl = contactAddress(account.id);
  const lines = transferCsv({
    ctx,
    input: { ...Object.fromEntries(request.nextUrl.searchParams), runId },
    words: await wordsOf({ ended: finishedAt !== null }),
    linkOf: ({ side, recordId }) =>
      side === "snov" ? `${env().APP_URL}/prospects/${recordId}` : contactUrl.replace("{id}", recordId),
  });
  return respondCsv(lines, `transfer-${runId.slice(0, 8)}.csv`);
}

async function readShown(ctx: Ctx, runId: string) {
  const { integrationId, finishedAt } = await readTransfer({ ctx, input: { runId } });
  const { account } = await readSettings({ ctx, input: { integrationId } });
  return { finishedAt, account };
}

async function wordsOf({ ended }: { ended: boolean }): Promise<CsvWords> {
  const [t, kinds, reasons, standard] = await Promise.all([
    getTranslations("transfers.csv"),
    getTranslations("transfers.kind"),
    getTranslations("recordReason"),
    getTranslations("fields.standard"),
  ]);
  return {
    heading: (column) => t(column),
    side: (side) => t(side),
    planned: (planned) => kinds(planned),
    outcome: (outcome) => kinds(outcome === "planned" && ended ? "notReached" : outcome),
    reason: (reason, detail) => reasonText({ reasons, standard }, reason, detail),
    yes: t("yes"),
  };
}
