"use client";

import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { FieldValue } from "@/components/fields/field-value";
import { useReasonText } from "@/components/ui/use-reason-text";
import type { FieldExplanation, FieldOutlook } from "@/services/prospects/explain-field";
import type { ProspectField } from "@/services/prospects/prospect-fields";
import { shownType } from "./shown-type";
import classes from "./why.module.css";

type Props = FieldExplanation["outlooks"][number] & {
  /** What the field is called. */
  label: string;
  field: ProspectField;
};
type Forecasts = Extract<FieldOutlook, { kind: "forecast" }>["forecasts"];
const scenarios = ["snov", "hubspot", "both"] as const;

/** What one integration would do if the field changed now. */
export function WhyOutlook({ accountName, outlook, label, field }: Props) {
  const t = useTranslations("prospects.why");
  return (
    <div className={classes.outlook}>
      <Text fw={500}>{accountName}</Text>
      {outlook.kind === "forecast" ? (
        <>
          <Text size="sm" c="dimmed">
            {t("mapped", { property: outlook.property })}
          </Text>
          <dl className={classes.scenarios}>
            {scenarios.map((scenario) => (
              <Scenario key={scenario} scenario={scenario} forecasts={outlook.forecasts} label={label} />
            ))}
          </dl>
        </>
      ) : (
        <Text component="div" size="sm" className={classes.standing}>
          <Standing outlook={outlook} field={field} />
        </Text>
      )}
    </div>
  );
}

type StandingProps = Pick<Props, "field"> & { outlook: Exclude<FieldOutlook, { kind: "forecast" }> };

function Standing({ outlook, field }: StandingProps) {
  const t = useTranslations("prospects.why.outlook");
  const sync = useTranslations("prospects.sync");
  if (outlook.kind === "inactive") return sync(outlook.state);
  if (outlook.kind === "constant")
    return t.rich("constant", {
      value: () => <FieldValue type={shownType(field)} value={outlook.value} options={field.options} />,
    });
  return t(outlook.kind);
}

type ScenarioProps = { scenario: (typeof scenarios)[number]; forecasts: Forecasts; label: string };

function Scenario({ scenario, forecasts, label }: ScenarioProps) {
  const t = useTranslations("prospects.why");
  const reasonText = useReasonText();
  const forecast = forecasts[scenario];
  if (!forecast) return null;
  return (
    <div>
      <dt>{t(`if.${scenario}`)}</dt>
      <dd>{words(forecast)}</dd>
    </div>
  );

  function words(one: NonNullable<typeof forecast>): string {
    switch (one.kind) {
      case "travels":
        return t(`then.${one.why ? "replaces" : "travels"}.${one.to}`);
      case "creates":
        return t(`then.creates.${one.carried ? "with" : "without"}`);
      case "stays":
        return t(`then.stays.${scenario}`);
      case "held":
        return one.reason === "refused"
          ? reasonText(one.value ? "field_rejected" : "field_ignored", { field: label, message: one.value })
          : reasonText(one.reason, { field: label, value: one.value });
      case "excluded":
        return t("then.nothing", { reason: reasonText(one.reason, {}) });
      case "refused":
        return t("then.nothing", { reason: reasonText(one.reason, one.detail) });
      default:
        return t(`then.${one.kind}`);
    }
  }
}
