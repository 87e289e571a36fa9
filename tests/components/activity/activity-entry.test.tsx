// What people decided is told in words, in both languages, although nothing was written by it.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ActivityEntry } from "@/components/activity/activity-entry";
import { shownSetting } from "@/components/activity/shown-setting";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { HubspotChanges } from "@/services/conflicts/read-changes";
import type { Overview } from "@/services/integrations/read-overview";

const conflictId = crypto.randomUUID();
const decided: Overview["changes"][number] = {
  id: 1,
  side: null,
  kind: "conflict/left",
  recordName: "Ada Lovelace",
  prospectId: null,
  contactId: null,
  changes: [],
  cause: { kind: "member", userId: crypto.randomUUID(), name: "Ana", conflictId },
  latencyMs: null,
  runId: null,
  at: "2026-04-01T10:00:00.000Z",
};
const fields = { snov: {}, hubspot: {} };
const delta = (field: string, before: string | null, after: string | null) => ({
  field,
  label: field,
  before,
  after,
});

/** The entry as it is read out, a space between two texts. */
function told(
  locale: "en" | "pt-BR",
  activity: Partial<typeof decided>,
  givers?: HubspotChanges,
  asked?: string,
): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={locale === "en" ? en : pt}
      timeZone="UTC"
      now={new Date("2026-04-01T10:00:00.000Z")}
    >
      <MantineProvider>
        <ActivityEntry
          integrationId="i"
          activity={{ ...decided, ...activity }}
          fields={fields}
          givers={givers}
          asked={asked}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
  return html
    .replace(/<style.*?<\/style>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

describe("an entry of the activity page", () => {
  it("shows of texts as long as HubSpot takes them where they differ", () => {
    const long = "word ".repeat(13_000);
    const changes = [delta("job_title", long, `${long}END`)];
    const cause = { kind: "sync", from: "hubspot" } as const;
    const words = told("en", { kind: "prospect/edited", side: "snov", changes, cause });
    expect(words).toMatch(/ Job title …word word .* → …d word .* word END$/);
    expect(words.length).toBeLessThan(2_000);
  });

  it.each([
    [
      "conflict/left",
      "left as it is on both sides, decided by Ana",
      "deixado como está nos dois lados, por decisão de Ana",
    ],
    [
      "conflict/linked",
      "linked with a HubSpot contact, decided by Ana",
      "vinculado a um contato do HubSpot, por decisão de Ana",
    ],
    [
      "conflict/kept_apart",
      "kept apart from a record with the same address, decided by Ana",
      "mantido separado de um registro com o mesmo endereço, por decisão de Ana",
    ],
  ])("tells %s with its record and who decided", (kind, words, inPortuguese) => {
    expect(told("en", { kind })).toContain(`Ada Lovelace ${words}`);
    expect(told("pt-BR", { kind })).toContain(`Ada Lovelace ${inPortuguese}`);
  });

  it.each([
    [
      "contact/edited",
      "hubspot",
      "put back in HubSpot, as Ana took a choice back",
      "reposto no HubSpot, porque Ana desfez uma escolha",
    ],
    [
      "prospect/edited",
      "snov",
      "put back in Snov.io, as Ana took a choice back",
      "reposto no Snov.io, porque Ana desfez uma escolha",
    ],
    ["conflict/taken_back", null, "choice taken back by Ana", "escolha desfeita por Ana"],
  ] as const)(
    "tells of %s on %s that a choice was taken back, and by whom",
    (kind, side, words, inPortuguese) => {
      const back = { kind, side, cause: { ...decided.cause, takesBack: true } as typeof decided.cause };
      expect(told("en", back)).toContain(`Ada Lovelace ${words}`);
      expect(told("pt-BR", back)).toContain(`Ada Lovelace ${inPortuguese}`);
    },
  );

  it("names who had made a change in HubSpot that came from there, once each", () => {
    const cause = { kind: "sync", from: "hubspot" } as const;
    const came = {
      kind: "prospect/edited",
      side: "snov",
      cause,
      changes: [delta("city", "Porto", "Lisbon")],
    } as const;
    const given = { at: decided.at, value: "Lisbon", source: "CRM_UI", userId: "7", userName: "Tom Ashby" };
    const givers = { city: given, job_title: given, phone: { ...given, source: "FORM", userName: null } };
    expect(told("en", { ...came, changes: [...came.changes] }, givers)).toContain(
      "changed in Snov.io, from HubSpot, where Tom Ashby and a form had changed it",
    );
    expect(told("pt-BR", { ...came, changes: [...came.changes] }, { city: given })).toContain(
      "alterado no Snov.io, a partir do HubSpot, onde a alteração foi feita por Tom Ashby",
    );
  });

  it("has the field that is asked for in sight, however many changed with it", () => {
    const many = { kind: "contact/edited", side: "hubspot" } as const;
    const changes = ["one", "two", "three", "four", "five"].map((name) => delta(name, null, `${name} now`));
    expect(told("en", { ...many, changes })).not.toContain("five now");
    expect(told("en", { ...many, changes }, undefined, "five")).toMatch(
      /five now.*one now.*three now 1 more/,
    );
  });

  it("shows once the value that was left as it is", () => {
    const changes = [delta("city", "Lisbon", "Lisbon")];
    expect(told("en", { changes }).match(/Lisbon/g)).toHaveLength(1);
  });

  it("tells a rule with its fields, and what was chosen before and after", () => {
    const rule = {
      kind: "integration/changed",
      changes: [delta("City ↔ Town: policy", null, "hubspot_wins")],
    };
    expect(told("en", rule)).toContain("Ana changed the settings");
    expect(told("en", rule)).toContain(
      "When both sides change a field · City ↔ Town as for all fields → HubSpot wins",
    );
    expect(told("pt-BR", rule)).toContain(
      "Quando os dois lados alteram um campo · City ↔ Town como em todos os campos →",
    );
  });

  it("says of a setting that is more than a word only that it changed", () => {
    const changes = [delta("fuses", "{}", '{"removals":5}')];
    expect(told("en", { kind: "integration/changed", changes })).toContain(
      "Limits before it stops and asks changed",
    );
  });

  it.each([
    ["policy", ["ask", "most_recent", "snov_wins", "hubspot_wins"]],
    ["removals", ["propagate", "keep"]],
    ["syncType", ["both", "to_hubspot", "to_snov"]],
    ["direction", ["both", "to_hubspot", "to_snov"]],
  ])("has words in both languages for every %s", (setting, all) => {
    for (const messages of [en, pt])
      for (const value of [...all, null]) {
        const { after } = shownSetting(delta(setting, null, value)).values ?? {};
        const words = after && "key" in after ? at(messages, after.key) : undefined;
        expect(words, `${setting} ${value}`).toEqual(expect.stringMatching(/./));
      }
  });
});

const at = (messages: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], messages);
