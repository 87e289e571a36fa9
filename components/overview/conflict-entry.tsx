"use client";

import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";
import { otherSide, sides } from "@/sync/side";
import { ConflictTodo } from "./conflict-todo";
import classes from "./conflicts-card.module.css";
import { RecordTitle } from "./record-title";
import { ShownValue, useShownLabel } from "./shown-value";

export type ConflictProps = { conflict: Overview["conflicts"][number]; fields: Overview["fields"] };

/** One conflict: what stands against what, and how a person settles it. */
export function ConflictEntry({ conflict, fields }: ConflictProps) {
  const label = useShownLabel(fields);
  const t = useTranslations("overview.conflicts");
  const { kind, side, recordId, contactId } = conflict;
  const names = conflict.fields && {
    snov: label("snov", conflict.fields.snov),
    hubspot: label("hubspot", conflict.fields.hubspot),
  };
  const about = !names || kind !== "value" ? t(`kind.${kind}`) : null;
  return (
    <li className={classes.conflict}>
      <p className={classes.head}>
        <span>
          <RecordTitle
            name={conflict.recordName}
            prospectId={side === "snov" ? recordId : null}
            contactId={contactId}
          />
          <Text span size="sm" c="dimmed">
            {" · "}
            {about ?? (names?.snov === names?.hubspot ? names?.snov : `${names?.snov} ↔ ${names?.hubspot}`)}
          </Text>
        </span>
        <Text span size="xs" c="dimmed">
          <TimeAgo value={conflict.openedAt} />
        </Text>
      </p>
      {kind === "value" ? <Values conflict={conflict} fields={fields} /> : null}
      <Text size="sm" mt={6}>
        <ConflictTodo conflict={conflict} fields={fields} />
      </Text>
    </li>
  );
}

function Values({ conflict, fields }: ConflictProps) {
  const t = useTranslations("overview.conflicts");
  const { fields: pair, values, base } = conflict;
  if (!pair) return null;
  return (
    <dl className={classes.values}>
      {sides.map((side) => (
        <div key={side}>
          <dt>{t(side)}</dt>
          <dd>
            <ShownValue
              fields={fields}
              side={side}
              field={pair[side]}
              value={values[side]}
              beside={values[otherSide(side)]}
            />
          </dd>
        </div>
      ))}
      <div>
        <dt>{t("base")}</dt>
        <dd className={classes.base}>
          {base === null ? (
            t("noBase")
          ) : (
            <ShownValue
              fields={fields}
              side="hubspot"
              field={pair.hubspot}
              value={base}
              beside={values.hubspot}
            />
          )}
        </dd>
      </div>
    </dl>
  );
}
