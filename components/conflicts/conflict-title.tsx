import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { RecordTitle } from "@/components/overview/record-title";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { ConflictContext } from "./conflict-context";
import classes from "./conflicts.module.css";
import { useConflictNames } from "./use-conflict-names";

/** Which record a conflict is about, and what of it; leads to both of its sides. */
export function ConflictTitle({ conflict, context }: { conflict: ConflictRow; context: ConflictContext }) {
  const t = useTranslations("conflicts");
  const kinds = useTranslations("overview.conflicts.kind");
  const names = useConflictNames(context);
  const { kind, side, recordId, contactId } = conflict;
  const contactName = names.contactName(conflict);
  return (
    <>
      <span className={classes.title}>
        <RecordTitle
          name={conflict.recordName}
          prospectId={side === "snov" ? recordId : null}
          contactId={contactId}
        />
        <Text span size="sm" c="dimmed">
          {" · "}
          {kind === "value" ? names.fieldName(conflict) : kinds(kind)}
          {contactName ? ` · ${t("contactNamed", { name: contactName })}` : null}
        </Text>
      </span>
      {contactId ? (
        <a
          className={classes.external}
          href={context.contactUrl.replace("{id}", contactId)}
          target="_blank"
          rel="noreferrer"
        >
          {t("inHubspot")}
        </a>
      ) : null}
    </>
  );
}
