"use client";

import { MultiSelect } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ScopeChoice } from "./scope-choice";
import type { DataChoices, SectionProps } from "./section";

type Scope = DataChoices["outgoingScope"];
type Props = {
  lists: SectionProps["settings"]["lists"];
  scope: Scope;
  onChange: (scope: Scope) => void;
  error?: string;
};

/** Which prospects go to HubSpot. */
export function OutgoingScope({ lists, scope, onChange, error }: Props) {
  const t = useTranslations("dataSettings.outgoing");
  const chosen = scope.kind === "lists" ? scope.ids : [];
  const live = new Set(lists.map(({ id }) => id));
  return (
    <ScopeChoice
      title={t("title")}
      description={t("text")}
      all={t("all")}
      some={t("some")}
      scope={scope}
      onChange={onChange}
    >
      <MultiSelect
        maw={560}
        label={t("label")}
        placeholder={chosen.length ? undefined : t("placeholder")}
        searchable
        data={[
          ...lists.map(({ id, name }) => ({ value: id, label: name })),
          ...chosen.filter((id) => !live.has(id)).map((id) => ({ value: id, label: t("gone") })),
        ]}
        value={chosen}
        onChange={(ids) => onChange({ kind: "lists", ids })}
        error={error}
        nothingFoundMessage={t("noneFound")}
      />
    </ScopeChoice>
  );
}
