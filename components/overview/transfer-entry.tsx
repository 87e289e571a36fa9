import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import { TextLink } from "@/components/ui/text-link";
import type { Overview } from "@/services/integrations/read-overview";
import classes from "./last-changes-card.module.css";

type Props = { integrationId: string; change: Overview["changes"][number] };

/** What a person did with a transfer, leading to it. */
export function TransferEntry({ integrationId, change: { kind, cause, runId, at } }: Props) {
  const t = useTranslations("activity");
  return (
    <li className={classes.entry}>
      <p className={classes.head}>
        <span>
          {t.rich(kind.replace("/", "_"), {
            name: cause.kind === "member" ? cause.name : "",
            link: (words) => (
              <TextLink
                href={`/settings/integrations/${integrationId}/transfers/${runId}`}
                c="inherit"
                underline="hover"
                fw={500}
              >
                {words}
              </TextLink>
            ),
          })}
        </span>
        <span className={classes.when}>
          <TimeAgo value={at} />
        </span>
      </p>
    </li>
  );
}
