import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { contactAddress } from "@/app/server/contact-address";
import { requirePage } from "@/app/server/context";
import { shownFields } from "@/components/transfers/shown-fields";
import { TransferPage } from "@/components/transfers/transfer-page";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { readTransfer } from "@/services/transfers/read-transfer";
import { readPageSettings } from "../../page-settings";
import {
  allowTransferAction,
  answerTransferAction,
  cancelTransferAction,
  pauseTransferAction,
  resumeTransferAction,
  retryFailedAction,
} from "../actions";

type Props = { params: Promise<{ id: string; runId: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("transfers"))("one") };
}

export default async function IntegrationTransferPage({ params }: Props) {
  const { settings, manages } = await readPageSettings(params);
  const transfer = await readOrNotFound(await requirePage(), await params);
  if (transfer.integrationId !== settings.id) notFound();
  return (
    <TransferPage
      initial={transfer}
      lists={settings.lists}
      context={{ fields: shownFields(settings), contactUrl: contactAddress(settings.account.id) }}
      manages={manages}
      actions={{
        allow: allowTransferAction,
        pause: pauseTransferAction,
        resume: resumeTransferAction,
        cancel: cancelTransferAction,
        answer: answerTransferAction,
        retry: retryFailedAction,
      }}
    />
  );
}

async function readOrNotFound(ctx: Ctx, input: { runId: string }) {
  try {
    return await readTransfer({ ctx, input });
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not_found") notFound();
    throw error;
  }
}
