import { useTranslations } from "next-intl";

/** HubSpot's word for what changed a property, in words of ours. */
export function useHubspotSource(): (source: string) => string {
  const t = useTranslations("conflicts.values.hubspotSource");
  return (source) => {
    const known = source.toLowerCase();
    return t.has(known) ? t(known) : t("other", { source });
  };
}
