// A record that fails says why, and by what HubSpot's support finds its answer.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { SyncCard } from "@/components/prospects/sync-card";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { ProspectView } from "@/services/prospects/read-prospect";

const failing: ProspectView["sync"][number] = {
  integrationId: crypto.randomUUID(),
  accountId: "1",
  accountName: "Acme",
  state: "active",
  stopped: false,
  status: "failing",
  reason: "rejected",
  detail: { message: "A rule forbids it." },
  waiting: false,
  contactId: null,
  verifiedAt: null,
};

function shown(locale: "en" | "pt-BR", detail: Record<string, string>): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
      <MantineProvider>
        <SyncCard
          prospectId="p"
          sync={[{ ...failing, detail: { ...failing.detail, ...detail } }]}
          deleted={false}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
}

// Verifies
describe("the sync of a prospect that fails", () => {
  it("has HubSpot's sentence, with the reference of its answer below", () => {
    expect(shown("en", { reference: "c-1" })).toMatch(/A rule forbids it\..*HubSpot’s reference: c-1/);
    expect(shown("pt-BR", { reference: "c-1" })).toMatch(/A rule forbids it\..*Referência do HubSpot: c-1/);
  });

  it("has no reference where there was no answer to refer to", () => {
    expect(shown("en", {})).not.toContain("reference");
  });
});
