// Beside what a rule settled, all that it settled can be undone; beside other changes only they themselves.
import { MantineProvider } from "@mantine/core";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { UndoButtons } from "@/components/activity/undo-buttons";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { Overview } from "@/services/integrations/read-overview";

type Activity = Overview["changes"][number];
const change = { field: "jobtitle", label: "job_title", before: "Theirs", after: "Ours" };
const activity: Activity = {
  id: 1,
  side: "hubspot",
  kind: "contact/edited",
  recordName: "Ada",
  prospectId: "p",
  contactId: "7",
  changes: [],
  cause: { kind: "sync", from: "snov" },
  latencyMs: null,
  runId: null,
  at: "2026-04-01T10:00:00.000Z",
};
const router = {} as React.ContextType<typeof AppRouterContext>;

function shown(changes: Activity["changes"], locale: "en" | "pt-BR" = "en"): string {
  return renderToStaticMarkup(
    <AppRouterContext.Provider value={router}>
      <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
        <MantineProvider>
          <UndoButtons
            activity={{ ...activity, changes }}
            integrationId="i"
            undo={async () => ({ ok: true, data: { runId: "r" } })}
          />
        </MantineProvider>
      </NextIntlClientProvider>
    </AppRouterContext.Provider>,
  );
}

// Verifies: R-78
describe("what can be undone beside a change", () => {
  it("is all that the rule settled, where a rule settled it, by the field's name", () => {
    const settled = shown([{ ...change, why: "policy" }]);
    expect(settled).toContain("Undo this change");
    expect(settled).toContain("Undo all that the rule settled in Job title");
    expect(shown([{ ...change, why: "policy" }], "pt-BR")).toContain(
      "Desfazer tudo o que a regra decidiu em Cargo",
    );
  });

  it("is no more than the change and its day where it travelled, or a person or a direction replaced it", () => {
    for (const why of [undefined, "resolution", "source"] as const)
      expect(shown([why ? { ...change, why } : change])).not.toContain("the rule settled");
  });
});
