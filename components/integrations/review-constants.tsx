"use client";

import { useTranslations } from "next-intl";
import { FieldValue } from "@/components/fields/field-value";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import type { FieldDefinition } from "@/sync/field-definition";

type Props = { settings: IntegrationSettings };

/** The fixed values that every record gets, as far as the sync type lets them travel. */
export function ReviewConstants({ settings }: Props) {
  const t = useTranslations("review");
  const { syncType, constantToHubspot, constantToSnov, hubspotProperties, snovFields } = settings;
  const outgoing = syncType === "to_snov" ? null : constantToHubspot;
  const incoming = syncType === "to_hubspot" ? null : constantToSnov;
  const words = (
    key: "constantToHubspot" | "constantToSnov",
    constant: typeof outgoing,
    fields: FieldDefinition[],
  ) => {
    const field = fields.find((candidate) => candidate.key === constant?.field);
    if (!constant || !field) return null;
    return (
      <p>
        {t.rich(key, {
          field: field.label,
          b: (text) => <strong>{text}</strong>,
          v: () => <FieldValue type={field.type} value={constant.value} options={field.options} />,
        })}
      </p>
    );
  };
  const toHubspot = words("constantToHubspot", outgoing, hubspotProperties);
  const toSnov = words("constantToSnov", incoming, snovFields);
  if (!toHubspot && !toSnov) return <p>{t("noConstants")}</p>;
  return (
    <>
      {toHubspot}
      {toSnov}
    </>
  );
}
