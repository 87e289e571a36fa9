// Calling equal what differs is noticed, and so is naming a field that does not, or too few of them.
import { describe, expect, it } from "vitest";
import type { World } from "../world";
import { checkCalledEqual } from "./called-equal";
import type { FinalState } from "./final-state";

const [city, phone] = [
  { snov: "city", hubspot: "city", type: "text" },
  { snov: "phone", hubspot: "phone", type: "text" },
];

function said(theirs: Record<string, string>, reason: string | null, fields?: string, status = "in_sync") {
  const world = {
    settings: { fields: [city, phone] },
    account: { contacts: { get: () => ({ id: "c" }) } },
  } as unknown as World;
  const state = {
    links: [{ prospectId: "p", contactId: "c" }],
    prospects: new Map([["p", { id: "p", live: true, fields: { city: "Natal", phone: "7" } }]]),
    contacts: new Map([["c", { id: "c", live: true, properties: theirs }]]),
    statuses: new Map([["snov p", { status, reason, detail: fields ? { fields } : {} }]]),
  } as unknown as FinalState;
  return checkCalledEqual(world, state).length;
}

describe("a pair that is in sync", () => {
  it("is called equal only where it is", () => {
    expect(said({ city: "Natal", phone: "7" }, null)).toBe(0);
    expect(said({ city: "Olinda", phone: "7" }, null)).toBe(1);
    expect(said({ city: "Olinda", phone: "7" }, null, undefined, "failing")).toBe(0);
  });

  it("names what differs, all of it and nothing else", () => {
    expect(said({ city: "Olinda", phone: "7" }, "one_way", "city")).toBe(0);
    expect(said({ city: "Olinda", phone: "8" }, "one_way", "phone\ncity")).toBe(0);
    expect(said({ city: "Olinda", phone: "8" }, "one_way", "city")).toBe(1);
    expect(said({ city: "Olinda", phone: "7" }, "one_way", "phone")).toBe(1);
    expect(said({ city: "Natal", phone: "7" }, "one_way", "city")).toBe(1);
  });
});
