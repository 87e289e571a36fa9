import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";
import classes from "./last-changes-card.module.css";

/** That a fuse stopped the integration, or what somebody answered. */
export function FuseEntry({ change }: { change: Overview["changes"][number] }) {
  const t = useTranslations("activity");
  const { kind, cause, changes, at } = change;
  const [about] = changes;
  const told = { kind: about?.field ?? "", name: cause.kind === "member" ? cause.name : "" };
  return (
    <li className={classes.entry}>
      <p className={classes.head}>
        <span>
          {kind === "integration/stopped"
            ? t("integration_stopped", { ...told, count: Number(about?.after ?? 0) })
            : t("integration_fuse_answered", { ...told, answer: String(about?.after ?? "") })}
        </span>
        <span className={classes.when}>
          <TimeAgo value={at} />
        </span>
      </p>
    </li>
  );
}
