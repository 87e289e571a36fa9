import type { NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";
import { contactAddress } from "@/app/server/contact-address";
import { respondCsv } from "@/app/server/respond-csv";
import { readOrRefuse } from "@/app/server/respond-json";
import { csvWords } from "@/components/transfers/csv-words";
import { shownFields } from "@/components/transfers/shown-fields";
import type { Texts } from "@/components/ui/texts";
import { env } from "@/lib/env";
import type { Ctx } from "@/services/context";
import { readSettings } from "@/services/integrations/read-settings";
import { readTransfer } from "@/services/transfers/read-transfer";
import { transferCsv } from "@/services/transfers/write-csv";

type Context = { params: Promise<{ runId: string }> };

export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { runId } = await params;
  const { known, refusal } = await readOrRefuse(async (ctx) => ({ ctx, ...(await readShown(ctx, runId)) }));
  if (refusal) return refusal;
  const { ctx, finishedAt, settings } = known;
  const contactUrl = contactAddress(settings.account.id);
  const lines = transferCsv({
    ctx,
    input: { ...Object.fromEntries(request.nextUrl.searchParams), runId },
    words: csvWords({
      all: (await getTranslations()) as Texts,
      fields: shownFields(settings),
      ended: finishedAt !== null,
    }),
    linkOf: ({ side, recordId }) =>
      side === "snov" ? `${env().APP_URL}/prospects/${recordId}` : contactUrl.replace("{id}", recordId),
  });
  return respondCsv(lines, `transfer-${runId.slice(0, 8)}.csv`);
}

async function readShown(ctx: Ctx, runId: string) {
  const { integrationId, finishedAt } = await readTransfer({ ctx, input: { runId } });
  return { finishedAt, settings: await readSettings({ ctx, input: { integrationId } }) };
}
