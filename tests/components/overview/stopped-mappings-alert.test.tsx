// A field that HubSpot made rest is named on the overview with its reason, and where it is mapped a person may go on without writing it.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { MappingRow } from "@/components/integrations/mapping-row";
import { StoppedMappingsAlert } from "@/components/overview/stopped-mappings-alert";
import type { MappingSetting } from "@/db/queries/integration-settings";
import type { StoppedReason } from "@/db/schema/integrations";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import type { Direction } from "@/sync/direction";

const shown = (node: React.ReactNode, locale: "en" | "pt-BR" = "en") =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
      <MantineProvider>{node}</MantineProvider>
    </NextIntlClientProvider>,
  );

function rowOf(stoppedReason: StoppedReason, syncType: Direction): string {
  const mapping: MappingSetting = {
    id: "m",
    snovField: "city",
    hubspotProperty: "city",
    direction: "both",
    locked: false,
    policy: null,
    valueMap: {},
    stoppedReason,
    type: "text",
    snovLabel: null,
    hubspotLabel: "City",
  };
  const settings = {
    syncType,
    hubspotProperties: [{ key: "city", writable: false, options: [] }],
    snovFields: [],
  } as unknown as IntegrationSettings;
  return shown(
    <table>
      <MappingRow
        mapping={mapping}
        fullName={false}
        settings={settings}
        startsFresh={false}
        onUpdate={() => {}}
        onRemove={() => {}}
        replaceForm={() => null}
      />
    </table>,
  );
}

// Verifies
describe("a field that has become read-only in HubSpot", () => {
  it("is named on the overview, with what becomes of its values", () => {
    const mappings = [{ id: "m", property: "City", reason: "hubspot_property_read_only" as const }];
    const alert = <StoppedMappingsAlert mappings={mappings} settings="/settings" />;
    expect(shown(alert)).toMatch(/A field is not synced.*“City” has become read-only.*Both sides keep/);
    expect(shown(alert, "pt-BR")).toMatch(/Um campo não está sendo.*“City” passou a ser somente leitura/);
  });

  it("may come to Snov.io only, where anything comes there", () => {
    expect(rowOf("hubspot_property_read_only", "both")).toContain("Let City come to Snov.io only");
    expect(rowOf("hubspot_property_read_only", "to_hubspot")).not.toContain("come to Snov.io only");
    expect(rowOf("hubspot_property_gone", "both")).not.toContain("come to Snov.io only");
  });
});
