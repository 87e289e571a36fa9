// A record in sync is called equal only where it is; otherwise it says which fields differ or were not compared.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { RecordEntry } from "@/components/records/record-entry";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { RecordRow } from "@/services/integrations/read-records";

const record: RecordRow = {
  side: "snov",
  recordId: "p",
  prospect: { name: "Ana", trashed: false },
  contact: { id: "7", name: "Ana", email: "ana@example.com" },
  status: "in_sync",
  reason: null,
  detail: {},
  at: "2026-01-01T00:00:00.000Z",
  verifiedAt: "2026-01-02T00:00:00.000Z",
  waitingSince: null,
};

function shown(change: Partial<RecordRow>, locale: "en" | "pt-BR" = "en") {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
      <MantineProvider>
        <RecordEntry
          record={{ ...record, ...change }}
          integrationId="i"
          contactUrl="https://hubspot.example/{id}"
          tryAgain={undefined}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
}

// Verifies: R-77
describe("a record in sync", () => {
  it("is called verified equal where nothing says otherwise", () => {
    expect(shown({})).toContain("Verified equal");
  });

  it("is not, where fields differ by their direction, which are named", () => {
    const apart = { reason: "one_way", detail: { fields: "city\nShoe size" } };
    expect(shown(apart)).toMatch(/the two sides are not equal\..*City, Shoe size\..*Last compared/s);
    expect(shown(apart)).not.toMatch(/Verified equal|stopped/);
    expect(shown(apart, "pt-BR")).toMatch(/não estão iguais\..*Cidade, Shoe size\..*Comparado/s);
  });

  it("names also what was not compared", () => {
    const both = { reason: "one_way", detail: { fields: "city", stopped: "phone" } };
    expect(shown(both)).toMatch(/City\. Not compared, because the field mapping is stopped: Phone\./);
    expect(shown(both, "pt-BR")).toMatch(/Cidade\. Fora da comparação.*: Telefone\./);
    const rest = { reason: "not_compared", detail: { stopped: "phone" } };
    expect(shown(rest)).toMatch(/Equal in all that was compared\. Not compared.*: Phone\..*Last compared/s);
  });

  it("that no longer is, is told when it was last in sync, not that it was equal then", () => {
    const failing = { status: "failing" as const, reason: "rejected", detail: { message: "No." } };
    expect(shown(failing)).toContain("Last in sync");
    expect(shown(failing)).not.toMatch(/equal/i);
  });
});
