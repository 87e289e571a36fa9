import { useTranslations } from "next-intl";
import { fuseWords } from "@/components/activity/act-words";
import { TimeAgo } from "@/components/ui/formatted";
import type { Texts } from "@/components/ui/texts";
import type { Overview } from "@/services/integrations/read-overview";
import classes from "./last-changes-card.module.css";

/** That a fuse stopped the integration, or what somebody answered. */
export function FuseEntry({ change }: { change: Overview["changes"][number] }) {
  const t = useTranslations("activity");
  return (
    <li className={classes.entry}>
      <p className={classes.head}>
        <span>{fuseWords(t as Texts, change)}</span>
        <span className={classes.when}>
          <TimeAgo value={change.at} />
        </span>
      </p>
    </li>
  );
}
