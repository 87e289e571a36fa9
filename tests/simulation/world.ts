import type { ConflictChoice } from "@/db/schema/conflicts";
import type { FuseSample } from "@/db/schema/integrations";
import type { Account } from "@/sandbox/hubspot/account/account";
import type { Call } from "@/sandbox/hubspot/http/exchange";
import { createProperty } from "@/sandbox/hubspot/properties/create-property";
import { openSandbox, type Sandbox } from "@/sandbox/hubspot/sandbox";
import type { WirePayload } from "@/sandbox/hubspot/webhooks/contact-event";
import type { RulePreview } from "@/services/conflicts/preview-rule";
import type { Ctx } from "@/services/context";
import { contactMark } from "@/sync/contact-mark";
import type { FuseAnswer } from "@/sync/fuse-answers";
import type { Policy } from "@/sync/policy";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { APP } from "../sandbox/test-sandbox";
import type { OpenQueue } from "./actors/conflict-people";
import { type ContactJournal, openContactJournal } from "./contact-journal";
import { clock } from "./machine/clock";
import type { SimulatedDatabase } from "./machine/database";
import { type Random, randomOf } from "./machine/random";
import { openTrace, type Trace } from "./machine/trace";
import { type MappedField, policyOf, type RunSettings } from "./settings";

export const PORTAL = 24_000_001;

/** Everything of one run. */
export type World = {
  random: Random;
  trace: Trace;
  settings: RunSettings;
  database: SimulatedDatabase;
  ctx: Ctx;
  /** Another member of the workspace. */
  colleague: Ctx;
  integrationId: string;
  sandbox: Sandbox;
  account: Account;
  /** What HubSpot sent and nobody has received yet. */
  notices: WirePayload[];
  contacts: ContactJournal;
  /** What our calls created there, and for which prospect. */
  creations: { call: string; created: string }[];
  /** Calls of ours that HubSpot applied or answered with a refusal of its own. */
  calls: { by: string; call: Call; status: number; taken: number }[];
  /** What we wrote there that was there already. */
  idleWrites: { at: number; contactId: string; property: string; value: string }[];
  /** Prospect forms that somebody opened and has not saved. */
  forms: OpenForm[];
  /** What Ana and Bia decided about conflicts, as they saw them. */
  choices: Choice[];
  /** Conflicts that somebody looks at and has not decided. */
  queue: OpenQueue | null;
  /** What the admin said is always to be done about a field. */
  rules: Rule[];
  /** Runs that take back what was written, each from when somebody asked to be shown it. */
  undos: Undo[];
  /** When HubSpot answered anything to anybody of ours. */
  answeredAt: number[];
  /**
   * When the pages of the line and the steps of runs began and ended, whether they came to their end, and without any trouble,
   * and whether a record goes round again, of which nothing is concluded yet.
   */
  turns: { from: number; to: number; isDone: boolean; disturbed: boolean; again: boolean }[];
  /** What the admin said about fuses. */
  fuseReplies: FuseReply[];
  quiet: boolean;
  /** Nothing dies or fails for a while, so that a story gets to where it is about something. */
  calm: boolean;
  /** How deep we are in interludes. */
  depth: number;
  counts: Counts;
  violations: Violation[];
};

export type Choice = {
  at: number;
  /** The conflict's. */
  id: string;
  resolutionId: string;
  recordId: string;
  contactId: string | null;
  /** The record that stands against it in a dispute about the two. */
  otherId: string | null;
  field: MappedField | undefined;
  snov: Value;
  hubspot: Value;
  choice: ConflictChoice;
  by: Ctx;
  /** Before it was carried out, after that, or a bit of each where the act was about several conflicts. */
  takenBack?: "in_time" | "put_back" | "partly";
};
export type Rule = {
  at: number;
  field: MappedField;
  policy: Policy;
  /** What went before it. */
  before: Policy | null;
  /** What Ana was shown that it would settle. */
  promised: RulePreview["samples"];
};
/** What is undone: one change, or all of a prospect's that were told by then. */
export type Undo = {
  runId: string;
  kind: "change" | "day";
  askedAt: number;
  prospectId: string;
  /** The activities that it takes back. */
  undone: number[];
  /** What the preview said when somebody allowed it. */
  shown?: ShownUndo[];
};
type ShownUndo = {
  prospectId: string;
  planned: "put_back" | "take_back" | "skip";
  changes: { side: Side; field: string; before: Value; after: Value; kept?: string }[];
};
/** What was said about a fuse, and the harm that it had been shown as about to be done. */
export type FuseReply = { at: number; kind: string; answer: FuseAnswer["answer"]; samples: FuseSample[] };
export type OpenForm = { id: string; version: number; values: Record<string, unknown> };
export type Counts = {
  edits: number;
  faults: number;
  crashes: number;
  pages: number;
  visited: Record<string, number>;
  crashedAt: Record<string, number>;
  /** How many deaths at a point were to be expected, as often as it was passed. */
  deathsDue: Record<string, number>;
  faultKinds: Record<string, number>;
};
export type Violation = { invariant: string; what: string };

/** As people have it made by switching it on. */
const markProperty = {
  ...contactMark,
  type: "string" as const,
  fieldType: "text",
  groupName: "contactinformation",
  hasUniqueValue: true,
};

export const startOfTime = Date.UTC(2026, 0, 12, 9);

export function openWorld(
  seed: number,
  settings: RunSettings,
  database: SimulatedDatabase,
): Omit<World, "ctx" | "colleague" | "integrationId"> {
  const notices: WirePayload[] = [];
  const sandbox = openSandbox({
    ...APP,
    seed: "empty",
    rateLimit: false,
    onEvent: (payload) => notices.push(payload),
  });
  const account = sandbox.accounts.get(PORTAL);
  if (!account) throw new Error("the sandbox has no such account");
  if (settings.marks) createProperty(account, markProperty);
  return {
    random: randomOf(seed),
    trace: openTrace(startOfTime),
    settings,
    database,
    sandbox,
    account,
    notices,
    contacts: openContactJournal(account),
    calls: [],
    idleWrites: [],
    creations: [],
    forms: [],
    choices: [],
    rules: [],
    undos: [],
    answeredAt: [],
    turns: [],
    queue: null,
    fuseReplies: [],
    quiet: false,
    calm: false,
    depth: 0,
    counts: {
      edits: 0,
      faults: 0,
      crashes: 0,
      pages: 0,
      visited: {},
      crashedAt: {},
      deathsDue: {},
      faultKinds: {},
    },
    violations: [],
  };
}

/** What settled, at a moment, a field that both sides changed: a rule may have been made since. */
export function policyAt(
  { settings, rules }: Pick<World, "settings" | "rules">,
  field: MappedField,
  at: number,
): Policy {
  const later = rules.find((rule) => rule.field === field && rule.at > at);
  return later ? (later.before ?? settings.policy) : policyOf(settings, field);
}

export function tell(world: Pick<World, "trace">, who: string, what: string): void {
  world.trace.add(clock.now ?? 0, who, what);
}

export function count(table: Record<string, number>, name: string, by = 1): void {
  table[name] = (table[name] ?? 0) + by;
}
