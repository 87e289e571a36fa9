import { useTranslations } from "next-intl";
import type { ProspectHistory } from "@/services/prospects/read-history";

/** Who or what made a change. */
export function useCauseName(): (cause: ProspectHistory["entries"][number]["cause"]) => string {
  const t = useTranslations("prospects.history");
  return (cause) => {
    if (cause.kind === "member") return cause.name;
    if (cause.kind === "system") return t("bySystem");
    if (cause.kind === "undo") return t("byUndo", { name: cause.name, of: cause.of ?? "transfer" });
    return cause.from === "hubspot" ? t("fromHubspot") : t("fromSnov");
  };
}
