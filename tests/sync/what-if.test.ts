// A forecast is the planner's own plan of a value that nobody has entered; nothing of the input is changed by asking.
import { describe, expect, it } from "vitest";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import { forecastField } from "@/sync/what-if";
import {
  contact,
  email,
  emailMapping,
  input,
  mapping,
  prospect,
  settings,
  titles,
  withMapping,
} from "./planner-fixtures";

function forecast(overrides: Partial<PlannerMapping>, given: PlanInput = titles("CEO", "CEO", "CEO")) {
  const asked = mapping("title", overrides);
  return forecastField(withMapping("title", overrides), given, asked);
}

describe("what would happen to a field", () => {
  it.each([
    ["both ways, asking", { policy: "ask" }, "travels hubspot", "travels snov", "asks"],
    [
      "both ways, Snov.io wins",
      { policy: "snov_wins" },
      "travels hubspot",
      "travels snov",
      "travels hubspot policy",
    ],
    [
      "both ways, HubSpot wins",
      { policy: "hubspot_wins" },
      "travels hubspot",
      "travels snov",
      "travels snov policy",
    ],
    ["both ways, the latest wins", { policy: "most_recent" }, "travels hubspot", "travels snov", "latest"],
    [
      "to HubSpot",
      { writable: { snov: false, hubspot: true } },
      "travels hubspot",
      "stays",
      "travels hubspot source",
    ],
    [
      "to Snov.io",
      { writable: { snov: true, hubspot: false } },
      "stays",
      "travels snov",
      "travels snov source",
    ],
    ["neither way", { writable: { snov: false, hubspot: false } }, "stays", "stays", "stays"],
  ] as [string, Partial<PlannerMapping>, string, string, string][])(
    "%s",
    (_, overrides, snov, hubspot, both) => {
      const found = forecast(overrides);
      expect([told(found.snov), told(found.hubspot), told(found.both)]).toEqual([snov, hubspot, both]);
    },
  );

  it("an open conflict is asked about until somebody chooses", () => {
    expect(told(forecast({}, titles("CEO", "CTO", "Boss")).snov)).toBe("asks");
  });

  it("what a person discarded travels again with the next value", () => {
    const declined = { removal: false, values: { title: { snov: "CEO", hubspot: "CTO" } } };
    const given = titles("CEO", "CTO", "CTO", { link: { base: { email, title: "CTO" }, declined } });
    expect(told(forecast({}, given).snov)).toBe("travels hubspot");
  });

  it("out of its scope it is held back, and the record with it where neither side is in scope", () => {
    const out = (inScope: boolean) =>
      input({
        snov: prospect({ email, title: "CEO" }, false),
        hubspot: contact({ email, title: "CEO" }, inScope),
        base: { email, title: "CEO" },
      });
    expect(told(forecast({}, out(true)).snov)).toBe("held out_of_scope");
    expect(told(forecast({}, out(false)).snov)).toBe("excluded out_of_scope");
  });

  it("a prospect without a contact gets one, with the value or without it", () => {
    const alone = input({ snov: prospect({ email, title: null }) });
    expect(forecast({}, alone)).toEqual({
      snov: { kind: "creates", on: "hubspot", carried: true },
      hubspot: null,
      both: null,
    });
    expect(told(forecast({ writable: { snov: true, hubspot: false } }, alone).snov)).toBe(
      "creates hubspot without",
    );
    const planner = settings({}, "to_snov");
    const [, title] = planner.mappings;
    expect(title && told(forecastField(planner, alone, title).snov)).toBe("excluded direction");
  });

  it("a yes or no has one other value, and cannot be changed to two", () => {
    const found = forecast({ type: "boolean" }, titles(true, true, true));
    expect([told(found.snov), found.both]).toEqual(["travels hubspot", null]);
  });

  it("of choices only those that are mapped are tried, each side with its own", () => {
    const choices = { snov: { A: "a", B: "b", C: "c" }, hubspot: null };
    const found = forecast({ type: "choice", choices }, titles("A", "a", "a"));
    expect([told(found.snov), told(found.hubspot), told(found.both)]).toEqual([
      "travels hubspot",
      "travels snov",
      "asks",
    ]);
    expect(
      forecast({ type: "choice", choices: { snov: {}, hubspot: null } }, titles(null, null, null)).snov,
    ).toBeNull();
  });

  it.each(["number", "date", "datetime"] as const)("of a %s other values are tried than it has", (type) => {
    const values = { number: "1", date: "2001-01-01", datetime: "2001-01-01T00:00:00.000Z" };
    const value = values[type];
    const found = forecast({ type }, titles(value, value, value));
    expect([told(found.snov), told(found.hubspot), told(found.both)]).toEqual([
      "travels hubspot",
      "travels snov",
      "asks",
    ]);
  });

  it("none of the values is tried that either side has, or that was last agreed on", () => {
    const found = forecast({ type: "number", policy: "snov_wins" }, titles("2", "1", "3"));
    expect([told(found.snov), told(found.hubspot)]).toEqual([
      "travels hubspot policy",
      "travels hubspot policy",
    ]);
    // Of both sides, and other than last agreed on: 1 would look like a way back.
    expect(told(forecast({ type: "number" }, titles("2", "2", "1")).snov)).toBe("asks");
  });

  it("of several choices one is tried at a time, and only one that both sides can hold", () => {
    const choices = { snov: { A: "a", B: "b" }, hubspot: { b: "b" } };
    const several = forecast({ type: "choices", choices }, titles([], [], []));
    expect([told(several.snov), told(several.hubspot), several.both]).toEqual([
      "travels hubspot",
      "travels snov",
      null,
    ]);
    expect(told(forecast({ type: "choice", choices }, titles(null, null, null)).hubspot)).toBe(
      "travels snov",
    );
  });

  it("what befalls another field is none of it", () => {
    const planner = (overrides: Partial<PlannerMapping>) =>
      settings({ mappings: [emailMapping, mapping("title"), mapping("city", overrides)] });
    const asked = mapping("title");
    const given = input({
      base: { email, title: "CEO", city: "Rio" },
      snov: prospect({ email, title: "CEO", city: "Recife" }),
      hubspot: contact({ email, title: "CEO", city: "Natal" }),
    });
    expect(told(forecastField(planner({}), given, asked).snov)).toBe("travels hubspot");
    expect(told(forecastField(planner({ policy: "snov_wins" }), given, asked).snov)).toBe("travels hubspot");
    const unmapped = { type: "choice" as const, choices: { snov: {}, hubspot: {} } };
    expect(told(forecastField(planner(unmapped), given, asked).snov)).toBe("travels hubspot");
    const alone = input({ snov: prospect({ email, title: null, city: "Recife" }) });
    expect(told(forecastField(planner(unmapped), alone, asked).snov)).toBe("creates hubspot with");
  });

  it("where the record itself is removed or restored, that comes first", () => {
    const given = input({
      base: { email, title: "CEO" },
      snov: prospect({ email, title: "CEO" }),
      absences: { snov: null, hubspot: "archived" },
    });
    expect(forecast({}, given)).toEqual({
      snov: { kind: "record", plan: "disputed" },
      hubspot: null,
      both: null,
    });
  });

  it("asking changes nothing", () => {
    const given = titles("CEO", "CEO", "CEO");
    const before = structuredClone(given);
    forecast({}, given);
    expect(given).toEqual(before);
  });
});

function told(one: ReturnType<typeof forecast>["snov"]): string {
  switch (one?.kind) {
    case "travels":
      return [one.kind, one.to, one.why].filter(Boolean).join(" ");
    case "creates":
      return `creates ${one.on} ${one.carried ? "with" : "without"}`;
    case "held":
    case "excluded":
      return `${one.kind} ${one.reason}`;
    default:
      return one?.kind ?? "none";
  }
}
