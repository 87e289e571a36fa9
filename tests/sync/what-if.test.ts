// A forecast is the planner's own plan of a value that nobody has entered; nothing of the input is changed by asking.
import { describe, expect, it } from "vitest";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import { forecastField } from "@/sync/what-if";
import { contact, email, input, mapping, prospect, settings, titles, withMapping } from "./planner-fixtures";

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
