import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { contactAddress } from "@/app/server/contact-address";
import { requirePage } from "@/app/server/context";
import { orNotFound } from "@/app/server/or-not-found";
import { shownFields } from "@/components/transfers/shown-fields";
import { TransferPage } from "@/components/transfers/transfer-page";
import { isSetupFinished } from "@/lib/wizard-flow";
import { readTransfer } from "@/services/transfers/read-transfer";
import { readPageSettings } from "../../page-settings";
import {
  allowTransferAction,
  answerTransferAction,
  cancelTransferAction,
  pauseTransferAction,
  resumeTransferAction,
  retryFailedAction,
  startUndoAction,
  tryPreviewAgainAction,
} from "../actions";

type Props = { params: Promise<{ id: string; runId: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("transfers"))("one") };
}

export default async function IntegrationTransferPage({ params }: Props) {
  const { settings, manages } = await readPageSettings(params);
  const transfer = await orNotFound(readTransfer({ ctx: await requirePage(), input: await params }));
  if (transfer.integrationId !== settings.id) notFound();
  return (
    <TransferPage
      initial={transfer}
      lists={settings.lists}
      context={{ fields: shownFields(settings), contactUrl: contactAddress(settings.account.id) }}
      manages={manages}
      nextStep={
        isSetupFinished(settings.wizardStep) ? null : `/settings/integrations/${settings.id}/setup/conflicts`
      }
      actions={{
        allow: allowTransferAction,
        pause: pauseTransferAction,
        resume: resumeTransferAction,
        cancel: cancelTransferAction,
        answer: answerTransferAction,
        retry: retryFailedAction,
        tryAgain: tryPreviewAgainAction,
        undo: startUndoAction,
      }}
    />
  );
}
