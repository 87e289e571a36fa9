"use client";

import { Button } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { actWords } from "@/components/activity/act-words";
import { showsBefore } from "@/components/activity/shows-before";
import { TimeAgo } from "@/components/ui/formatted";
import type { Texts } from "@/components/ui/texts";
import { useHubspotSource } from "@/components/ui/use-hubspot-source";
import type { Giver } from "@/services/activities/read-givers";
import type { Overview } from "@/services/integrations/read-overview";
import type { Side } from "@/sync/side";
import classes from "./last-changes-card.module.css";
import { RecordTitle } from "./record-title";
import { ShownValue, useShownLabel } from "./shown-value";
import { WhyNote } from "./why-note";

type Change = Overview["changes"][number] & { side: Side };
type Props = {
  change: Change;
  fields: Overview["fields"];
  givers?: Record<string, Giver> | undefined;
  /** The field that is asked for: it comes first. */
  asked?: string | undefined;
  acts?: ReactNode;
};
const shownAtFirst = 4;

/** One write, or what was decided of a record without one: which record, which side, what was there and what is there now. */
export function ChangeEntry({ change, fields, givers, asked, acts }: Props) {
  const t = useTranslations("activity");
  const format = useFormatter();
  const source = useHubspotSource();
  const label = useShownLabel(fields);
  const [all, setAll] = useState(false);
  const changes = [
    ...change.changes.filter(({ field }) => field === asked),
    ...change.changes.filter(({ field }) => field !== asked),
  ];
  const shown = all ? changes : changes.slice(0, shownAtFirst);
  const hidden = change.changes.length - shown.length;
  const given = Object.values(givers ?? {}).map((one) => one.userName ?? source(one.source));
  const names = [...new Set(given)];
  return (
    <li className={classes.entry}>
      <p className={classes.head}>
        <span>
          <RecordTitle
            name={change.recordName}
            prospectId={change.kind === "prospect/erased" ? null : change.prospectId}
            contactId={change.contactId}
          />{" "}
          <span className={classes.what}>
            {actWords(t as Texts, change)}
            {names.length ? `, ${t("givenThere", { names: format.list(names) })}` : null}
          </span>
        </span>
        <span className={classes.when}>
          <TimeAgo value={change.at} />
          {change.latencyMs === null ? null : <> · {t("latency", { seconds: change.latencyMs / 1000 })}</>}
        </span>
      </p>
      {shown.length ? (
        <dl className={classes.fields}>
          {shown.map(({ field, label: given, before, after, why }) => (
            <div key={field} className={classes.field}>
              <dt>{label(change.side, field, given)}</dt>
              <dd>
                {showsBefore(change.kind) ? (
                  <>
                    <del className={classes.before}>
                      <ShownValue
                        fields={fields}
                        side={change.side}
                        field={field}
                        value={before}
                        beside={after}
                      />
                    </del>
                    <span aria-hidden className={classes.arrow}>
                      →
                    </span>
                  </>
                ) : null}
                <ins className={classes.after}>
                  <ShownValue
                    fields={fields}
                    side={change.side}
                    field={field}
                    value={after}
                    beside={before}
                  />
                </ins>
                <WhyNote why={why} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {hidden ? (
        <Button variant="subtle" size="compact-sm" mt={4} ml={-8} onClick={() => setAll(true)}>
          {t("moreFields", { count: hidden })}
        </Button>
      ) : null}
      {acts}
    </li>
  );
}
