"use client";

import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { isDecision, showsBefore } from "@/components/activity/shows-before";
import { FieldValue } from "@/components/fields/field-value";
import { WhyNote } from "@/components/overview/why-note";
import { TimeAgo } from "@/components/ui/formatted";
import { TextLink } from "@/components/ui/text-link";
import { useHubspotSource } from "@/components/ui/use-hubspot-source";
import type { FieldExplanation } from "@/services/prospects/explain-field";
import type { ProspectField } from "@/services/prospects/prospect-fields";
import { shownType } from "./shown-type";
import { useCauseName } from "./use-cause-name";
import classes from "./why.module.css";

type Props = { chain: FieldExplanation["chain"]; field: ProspectField };

/** The changes that led to a value, the latest first. */
export function WhyChain({ chain, field }: Props) {
  const t = useTranslations("prospects.why");
  if (!chain.length)
    return (
      <Text size="sm" c="dimmed">
        {t("noChange")}
      </Text>
    );
  return (
    <ol className={classes.chain}>
      {chain.map((change) => (
        <Change key={`${change.id} ${change.delta.field}`} change={change} field={field} />
      ))}
    </ol>
  );
}

function Change({ change, field }: { change: Props["chain"][number]; field: ProspectField }) {
  const t = useTranslations("prospects.why");
  const kinds = useTranslations("prospects.history.kinds");
  const causeName = useCauseName();
  const source = useHubspotSource();
  const { delta, property, changedInHubspot, cause, kind, runId, integrationId } = change;
  const type = property?.type ?? shownType(field);
  const options = property?.options ?? field.options;
  const where = change.side === "hubspot" ? change.accountName : null;
  const created = kind.endsWith("/created");
  const decision = isDecision(kind) ? kinds(kind.replace("/", "_")) : null;
  return (
    <li className={classes.change}>
      <p className={classes.values}>
        {showsBefore(kind) ? (
          <>
            <del className={classes.before}>
              <FieldValue type={type} value={delta.before} options={options} />
            </del>
            <span aria-hidden className={classes.before}>
              →
            </span>
          </>
        ) : null}
        <ins className={classes.after}>
          <FieldValue type={type} value={delta.after} options={options} />
        </ins>
        <WhyNote why={delta.why} />
      </p>
      <p className={classes.told}>
        {decision ??
          (where
            ? t(created ? "createdIn" : "changedIn", { account: where })
            : t(created ? "created" : "changed"))}{" "}
        · {causeName(cause)} · <TimeAgo value={change.at} />
      </p>
      {changedInHubspot ? (
        <p className={classes.told}>
          {t.rich(changedInHubspot.userId && !changedInHubspot.userName ? "byHubspotUser" : "byHubspot", {
            who: changedInHubspot.userName ?? source(changedInHubspot.source),
            user: changedInHubspot.userId ?? "",
            when: () => <TimeAgo value={changedInHubspot.at} />,
          })}
        </p>
      ) : null}
      {runId && integrationId ? (
        <p className={classes.told}>
          <TextLink size="sm" href={`/settings/integrations/${integrationId}/transfers/${runId}`}>
            {t("transfer")}
          </TextLink>
        </p>
      ) : null}
      {cause.kind === "member" && cause.conflictId && !decision ? (
        <p className={classes.told}>{t(cause.takesBack ? "takenBack" : "conflict")}</p>
      ) : null}
    </li>
  );
}
