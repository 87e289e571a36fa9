// An excuse that nothing in the world bears out is noticed, whatever the engine says of its record.
import { describe, expect, it } from "vitest";
import { type RunSettings, settingsOf } from "../settings";
import type { World } from "../world";
import { checkCauses } from "./causes";
import { checkDisputes } from "./disputes";
import type { FinalState } from "./final-state";

const reference = { snov: "custom:6", hubspot: "crm_reference", type: "text", unique: true } as const;
const interests = {
  snov: "custom:2",
  hubspot: "interests",
  type: "choices",
  map: { data: "analytics" },
} as const;

function settings(more: Partial<RunSettings> = {}): RunSettings {
  const drawn = settingsOf({
    pick: (from: unknown[]) => from[0],
    chance: () => false,
    between: (least: number) => least,
    shuffled: (from: unknown[]) => from,
    weighted: (of: object) => Object.keys(of)[0],
    below: () => 0,
  } as unknown as Parameters<typeof settingsOf>[0]);
  const mapped = [reference, interests].map((field) => ({
    ...field,
    direction: "both" as const,
    policy: null,
  }));
  return {
    ...drawn,
    syncType: "both",
    removals: "propagate",
    fields: [...drawn.fields.slice(0, 3), ...mapped],
    ...more,
  };
}

type Person = { email?: string; custom?: Record<string, string | string[]>; live?: boolean };
type Contact = Record<string, string> & { gone?: never };

/** Prospects p1, p2, … and contacts c1, c2, …; those of one number are linked, as far as both exist. */
function worldOf(
  prospects: Person[],
  contacts: (Contact | null)[],
  more: Partial<RunSettings> = {},
): [World, FinalState] {
  const known = contacts.map(
    (properties, at) => [`c${at + 1}`, properties ? { id: `c${at + 1}` } : undefined] as const,
  );
  const world = {
    settings: settings(more),
    account: {
      contacts: { get: (id: string) => new Map<string, object | undefined>(known).get(id) },
      properties: {
        all: () => [
          { name: "crm_reference", label: "CRM reference", options: [] },
          { name: interests.hubspot, label: "Interests", options: [{ value: interests.map.data }] },
        ],
      },
    },
    contacts: { changes: [], ids: () => [] },
    turns: [],
    choices: [],
    fuseReplies: [],
    undos: [],
  } as unknown as World;
  const state = {
    prospects: new Map(
      prospects.map(({ email, custom = {}, live = true }, at) => [
        `p${at + 1}`,
        { id: `p${at + 1}`, live, emails: email ? [email] : [], fields: { email: email ?? null, ...custom } },
      ]),
    ),
    contacts: new Map(
      contacts.flatMap((properties, at) =>
        properties
          ? [
              [
                `c${at + 1}`,
                {
                  id: `c${at + 1}`,
                  live: true,
                  properties,
                  emails: properties.email ? [properties.email] : [],
                },
              ] as const,
            ]
          : [],
      ),
    ),
    links: prospects.flatMap((_, at) =>
      contacts.length > at
        ? [{ id: `l${at + 1}`, prospectId: `p${at + 1}`, contactId: `c${at + 1}`, base: {}, declined: [] }]
        : [],
    ),
    statuses: new Map(),
    disputes: [],
    activities: [],
    restored: [],
    pairs: [],
  } as unknown as FinalState;
  return [world, state];
}

function said(
  [world, state]: [World, FinalState],
  status: string,
  reason: string | null,
  detail: Record<string, string> = {},
  erased: string[] = [],
): number {
  state.statuses.set("snov p1", { status, reason, detail });
  return checkCauses(world, state, new Map(), new Set(erased), true).length;
}

const ana = { email: "ana@people.example" };

describe("what is said of a record", () => {
  it("is refused as long as HubSpot would refuse it, and not a moment longer", () => {
    const wants = { ...ana, custom: { [reference.snov]: "7" } };
    const refused = (world: [World, FinalState], field = "CRM reference") =>
      said(world, "failing", "field_rejected", { field });
    expect(refused(worldOf([wants], [ana, { crm_reference: "7" }]))).toBe(0);
    expect(refused(worldOf([wants], [ana, { crm_reference: "8" }]))).toBe(1);
    expect(refused(worldOf([wants], [ana, { crm_reference: "7" }]), "Phone")).toBe(1);
  });

  it("is rejected only for an address that HubSpot has erased", () => {
    const changed = [{ email: "new@people.example" }];
    expect(said(worldOf(changed, [ana]), "failing", "rejected", {}, ["new@people.example"])).toBe(0);
    expect(said(worldOf(changed, [ana]), "failing", "rejected")).toBe(1);
  });

  it("is left out by its direction only where the sync type sends nothing from there", () => {
    expect(said(worldOf([ana], [], { syncType: "to_snov" }), "excluded", "direction")).toBe(0);
    expect(said(worldOf([ana], [], { syncType: "both" }), "excluded", "direction")).toBe(1);
    expect(said(worldOf([ana], [], { syncType: "both" }), "excluded", "no_email")).toBe(1);
    expect(said(worldOf([{}], [], { syncType: "both" }), "excluded", "no_email")).toBe(0);
  });

  it("keeps what was removed only where removals do not travel", () => {
    expect(said(worldOf([ana], [null], { removals: "keep" }), "excluded", "removed_in_hubspot")).toBe(0);
    expect(said(worldOf([ana], [null], { removals: "propagate" }), "excluded", "removed_in_hubspot")).toBe(1);
    expect(said(worldOf([ana], [ana], { removals: "keep" }), "excluded", "removed_in_hubspot")).toBe(1);
  });

  it("keeps what was removed before somebody discarded removals, and nothing that was removed after", () => {
    const [world, state] = worldOf([ana], [null], { removals: "propagate" });
    world.contacts.changes.push({ at: 5, by: "hugo", contactId: "c1", kind: "archived", properties: {} });
    const discardedAt = (at: number) => {
      world.fuseReplies.splice(0, 1, { at, kind: "removals", answer: "discard", samples: [] });
      return said([world, state], "excluded", "removed_in_hubspot");
    };
    expect(discardedAt(6)).toBe(0);
    expect(discardedAt(4)).toBe(1);
  });

  it("is erased, taken, unmapped or without an address only while it is", () => {
    expect(said(worldOf([ana], [ana]), "excluded", "erased", {}, [ana.email])).toBe(0);
    expect(said(worldOf([ana], [ana]), "excluded", "erased")).toBe(1);
    const taken = ["failing", "email_taken", { side: "HubSpot" }] as const;
    expect(said(worldOf([ana], [{ email: "old@people.example" }, ana]), ...taken)).toBe(0);
    expect(said(worldOf([ana], [{ email: "old@people.example" }]), ...taken)).toBe(1);
    const robots = { ...ana, custom: { [interests.snov]: ["robots"] } };
    const field = { ...interests, direction: "both" as const, policy: null };
    const data = { ...ana, custom: { [interests.snov]: ["data"] } };
    expect(said(worldOf([robots], [ana]), "failing", "choice_not_mapped")).toBe(0);
    expect(said(worldOf([data], [ana]), "failing", "choice_not_mapped")).toBe(1);
    const lost = { fields: [{ ...field, map: { data: "gone from HubSpot" } }] };
    expect(said(worldOf([data], [ana], lost), "failing", "choice_not_mapped")).toBe(0);
    expect(said(worldOf([{}], [ana]), "failing", "email_removed")).toBe(0);
    expect(said(worldOf([ana], [ana]), "failing", "email_removed")).toBe(1);
  });

  it.each(["out_of_scope", "field_missing", "cannot_clear", "unexpected", "no_answer", "whatever"])(
    "is never %s where nothing of the kind is drawn",
    (reason) => {
      expect(said(worldOf([ana], [ana]), "failing", reason)).toBe(1);
    },
  );

  it("is in conflict only where a question of that kind is open", () => {
    const world = worldOf([ana], [ana]);
    expect(said(world, "in_conflict", null)).toBe(1);
    const open = { kind: "value", side: "snov", id: "p1", other: null, linkId: "l1", field: undefined };
    world[1].disputes.push(open as FinalState["disputes"][number]);
    expect(said(world, "in_conflict", null)).toBe(0);
    expect(said(world, "in_conflict", "same_address")).toBe(1);
  });
});

describe("a question about who is who", () => {
  const asks = ([world, state]: [World, FinalState], other: string) => {
    state.links.length = 0;
    state.statuses.set("snov p1", { status: "in_conflict", reason: "same_address", detail: {} });
    state.disputes.push({
      kind: "same_address",
      side: "snov",
      id: "p1",
      other: { side: "hubspot", id: other },
      linkId: null,
      field: undefined,
    });
    return checkDisputes(world, state, new Map()).length;
  };

  it("needs a third one among them", () => {
    expect(asks(worldOf([ana, ana], [ana]), "c1")).toBe(0);
    expect(asks(worldOf([ana], [ana]), "c1")).toBe(1);
  });

  it("needs an address that both have", () => {
    const other = { email: "other@people.example" };
    expect(asks(worldOf([ana, ana], [other]), "c1")).toBe(1);
  });
});
