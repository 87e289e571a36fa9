import { Alert } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { Transfer } from "@/services/transfers/read-transfer";

type Props = { own: string; undoneBy: NonNullable<Transfer["undoneBy"]> };

/** That a transfer has been, or is being, undone, leading there. */
export function UndoneNote({ own, undoneBy: { runId, state } }: Props) {
  const t = useTranslations("transfers");
  return (
    <Alert color="gray" variant="default" icon={<IconArrowBackUp size={20} />}>
      {t.rich("undone", {
        state,
        link: (words) => (
          <TextLink href={`${own}/${runId}`} c="inherit">
            {words}
          </TextLink>
        ),
      })}
    </Alert>
  );
}
