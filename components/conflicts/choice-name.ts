import { useTranslations } from "next-intl";
import type { Choice } from "./conflict-actions";

/** What a choice for many at once is called. */
export function useChoiceName(): (choice: Choice) => string {
  const t = useTranslations("conflicts.choose");
  return (choice) => {
    if (choice.kind === "take") return t(choice.side === "snov" ? "takeSnov" : "takeHubspot");
    if (choice.kind === "remove" || choice.kind === "bring_back") return t(`${choice.kind}.snov.name`);
    return t("apart.name");
  };
}
