import { toShared } from "./choices";
import { sameMeaning } from "./mapping-value";
import { matchKey } from "./match-key";
import { ownValue } from "./own-value";
import type { PlannerMapping, PlannerSettings } from "./planner-settings";
import type { PairPlan, PlanInput, RecordPlan } from "./record-plan";
import { restoreBase } from "./refused";
import { type Both, otherSide, type Side, sides } from "./side";
import { isEmpty, type Value } from "./value";

/**
 * A field as it was before a transfer's first write and after its last. `touched`: others have written it after that.
 * `shownKept`: why whoever allowed the undo was told that it stays.
 */
export type WrittenField = { before: Value; after: Value; touched?: boolean; shownKept?: KeptReason };
/** What a transfer did to one side of a pair. */
export type WrittenSide = { created: boolean; fields: Record<string, WrittenField> };
export type Written = Both<WrittenSide | null>;

export type KeptReason =
  /** Somebody, or something, has written it since. */
  | "changed_since"
  /** It was made on the day that is undone, and changed or used after that, be it on the same day. */
  | "used_once_made"
  /** Another integration goes on with it. */
  | "linked_elsewhere"
  | "gone_since"
  /** Its field is not mapped any more, or its mapping is stopped. */
  | "not_mapped_now"
  /** The direction does not let that side be written any more. */
  | "direction_now"
  /** The address that was there belongs to another record by now. */
  | "address_taken"
  /** There was no address: one is never emptied. */
  | "address_needed"
  /** The records go with others by now, or a person has to say whether they belong together. */
  | "pair_changed"
  /** Everything is as it was before already. */
  | "already_back";
export type KeptField = { side: Side; field: string; reason: KeptReason };

export type UndoPlan =
  /** `left`: the ordinary line had something to write as well, and still has. */
  | { kind: "put_back"; plan: PairPlan; kept: KeptField[]; left: boolean }
  | { kind: "take_back"; on: Side }
  | { kind: "keep"; reason: KeptReason };

/**
 * What of a transfer's writes to one pair is undone. Its invariants:
 * - a field is put back only while it holds what the transfer wrote and nobody has written it since, be it the same
 *   again, and a record is taken back only while all its fields do and nobody has `touched` it in any other way;
 * - nothing else of the pair is written, nothing that was shown to stay, and no direction is widened;
 * - planning again after it plans nothing: the pair remembers the difference until somebody changes either side;
 * - a write of the undo itself that a crash kept from being committed is not taken for a person's change.
 */
export function planUndo(
  settings: PlannerSettings,
  input: PlanInput,
  ordinary: RecordPlan,
  written: Written,
  touched: boolean,
): UndoPlan {
  const created = sides.find((side) => written[side]?.created);
  if (created)
    return planTakeBack(settings, input, ordinary, created, written[created]?.fields ?? {}, touched);
  const { snov, hubspot } = input.records;
  if (!snov || !hubspot) return { kind: "keep", reason: "gone_since" };
  const plan = quietPlan(input, ordinary);
  return plan && input.link
    ? planPutBack(settings, input, plan, written)
    : { kind: "keep", reason: "pair_changed" };
}

function planTakeBack(
  settings: PlannerSettings,
  { records, link, absences, unconfirmed }: PlanInput,
  ordinary: RecordPlan,
  on: Side,
  fields: WrittenSide["fields"],
  touched: boolean,
): UndoPlan {
  const record = records[on];
  if (!link) return { kind: "keep", reason: "pair_changed" };
  if (!record)
    return unconfirmed[on].removal && link.declined.creation && absences[on] === "archived"
      ? { kind: "take_back", on }
      : { kind: "keep", reason: "gone_since" };
  if (!settings.writable[on] || !settings.capabilities[on].remove)
    return { kind: "keep", reason: "direction_now" };
  if (ordinary.kind === "disputed") return { kind: "keep", reason: "pair_changed" };
  const changed = settings.mappings.some((mapping) => {
    const field = mapping.fields[on];
    const present = ownValue(record.fields, field);
    const given = ownValue(fields, field);
    return present !== undefined && (given?.touched || !sameOwn(mapping, on, present, given?.after ?? null));
  });
  const isBehind =
    ordinary.kind === "pair" &&
    (Object.keys(ordinary.writes[on]).length > 0 || ordinary.conflicts.length > 0);
  return touched || changed || isBehind
    ? { kind: "keep", reason: "changed_since" }
    : { kind: "take_back", on };
}

/** The ordinary plan of two records that are both there, or one that does nothing where they may not travel now. */
function quietPlan({ link }: PlanInput, ordinary: RecordPlan): PairPlan | null {
  if (ordinary.kind === "pair") return structuredClone(ordinary);
  if (ordinary.kind !== "excluded" || ordinary.reason !== "out_of_scope" || !link) return null;
  return {
    kind: "pair",
    writes: { snov: {}, hubspot: {} },
    base: { ...link.base },
    baseBefore: { ...link.base },
    conflicts: [],
    held: [],
    replaced: [],
    declined: structuredClone(link.declined),
    refused: { ...link.refused },
    resolved: {},
  };
}

function planPutBack(
  settings: PlannerSettings,
  input: PlanInput,
  plan: PairPlan,
  written: Written,
): UndoPlan {
  const { mappings } = settings;
  const ordinary = plan.writes;
  plan.writes = { snov: {}, hubspot: {} };
  plan.replaced = [];
  plan.undoes = [];
  for (const { id, fields } of mappings)
    if (sides.some((side) => Object.hasOwn(ordinary[side], fields[side]))) restoreBase(plan, id);
  const kept: KeptField[] = [];
  const differing: { mapping: PlannerMapping; side: Side; before: Value }[] = [];
  let ours = false;
  for (const side of sides)
    for (const [field, write] of Object.entries(written[side]?.fields ?? {})) {
      const { before } = write;
      const mapping = mappings.find(({ fields }) => fields[side] === field);
      const fate = fateOf(settings, input, side, field, write, mapping);
      const beyond = mapping && fateBeyond(settings, input, written, mapping, side);
      // What the ordinary line would bring is void where this undo takes it away from where it comes from.
      const isVoid =
        mapping &&
        beyond === "put_back" &&
        !Object.hasOwn(input.resolutions, mapping.id) &&
        !Object.hasOwn(ordinary[otherSide(side)], mapping.fields[otherSide(side)]);
      const isMoving =
        // The other side has moved on: one side alone would tear the two apart.
        beyond === "changed_since" ||
        (Object.hasOwn(ordinary[side], field) && !isVoid) ||
        plan.conflicts.some(({ mappingId }) => mappingId === mapping?.id);
      if (fate === "as_before") continue;
      if (fate !== "put_back" && fate !== "ours") kept.push({ side, field, reason: fate });
      else if (isMoving && fate === "put_back") kept.push({ side, field, reason: "changed_since" });
      else {
        if (fate === "put_back") plan.writes[side][field] = before;
        else ours = true;
        if (mapping) differing.push({ mapping, side, before });
      }
    }
  for (const { mapping, side, before } of differing) agreeToDiffer(plan, input, mapping, side, before);
  const left = sides.some((side) =>
    Object.keys(ordinary[side]).some((field) => !Object.hasOwn(plan.writes[side], field)),
  );
  for (const { id, fields } of mappings)
    if (sides.some((side) => Object.hasOwn(ordinary[side], fields[side])) && !plan.undoes.includes(id))
      plan.waiting = [...(plan.waiting ?? []), id];
  const nothing = !ours && !kept.length && sides.every((side) => !Object.keys(plan.writes[side]).length);
  if (nothing) return { kind: "keep", reason: "already_back" };
  return { kind: "put_back", plan, kept, left };
}

/** What becomes of the other side's value, where that was written as well. */
function fateBeyond(
  settings: PlannerSettings,
  input: PlanInput,
  written: Written,
  mapping: PlannerMapping,
  side: Side,
): Fate | undefined {
  const other = otherSide(side);
  const field = mapping.fields[other];
  const theirs = ownValue(written[other]?.fields ?? {}, field);
  return theirs && fateOf(settings, input, other, field, theirs, mapping);
}

type Fate = KeptReason | "put_back" | "as_before" | "ours";

function fateOf(
  settings: PlannerSettings,
  { records, unconfirmed, addressOwners }: PlanInput,
  side: Side,
  field: string,
  { before, after, touched, shownKept }: WrittenField,
  mapping: PlannerMapping | undefined,
): Fate {
  const present = ownValue(records[side]?.fields ?? {}, field);
  const rides = [settings.constants[side], settings.firstStatus[side]].some(
    (extra) => extra?.field === field,
  );
  if (present === undefined || (mapping ? mapping.stopped : !rides)) return "not_mapped_now";
  const same = (a: Value, b: Value) => (mapping ? sameOwn(mapping, side, a, b) : sameText(a, b));
  if (same(before, after)) return "as_before";
  if (same(present, before)) {
    const sent = mapping && unconfirmed[side].values[mapping.id];
    const shared = mapping && toShared(mapping, side, before);
    const isOurs =
      shared?.kind === "value" &&
      sent?.some((value) => sameMeaning(mapping as PlannerMapping, value, shared.value));
    return isOurs ? "ours" : "as_before";
  }
  if (touched || !same(present, after)) return "changed_since";
  if (!(mapping ? mapping.writable[side] : settings.writable[side])) return "direction_now";
  if (mapping?.identity && isEmpty(before)) return "address_needed";
  const taken = mapping?.identity && Object.hasOwn(addressOwners[side], matchKey(String(before)));
  return taken ? "address_taken" : (shownKept ?? "put_back");
}

/**
 * The pair keeps the difference until somebody changes one of the two values. Of a field that travels both ways the
 * value put back counts as the one last agreed on, as where a change was discarded; of one that a side only receives,
 * its source's: so its source's next edit travels, and its own ones are left alone.
 */
function agreeToDiffer(
  plan: PairPlan,
  { records }: PlanInput,
  mapping: PlannerMapping,
  side: Side,
  before: Value,
): void {
  const { id, fields } = mapping;
  const other = otherSide(side);
  const written = ownValue(plan.writes[other], fields[other]);
  const theirs =
    written === undefined ? (ownValue(records[other]?.fields ?? {}, fields[other]) ?? null) : written;
  const shared = {
    [side]: toShared(mapping, side, before),
    [other]: toShared(mapping, other, theirs),
  } as Both<ReturnType<typeof toShared>>;
  const agreed = shared[mapping.writable[other] ? side : other];
  if (agreed.kind === "value") plan.base[id] = agreed.value;
  else delete plan.base[id];
  plan.held = plan.held.filter(({ mappingId }) => mappingId !== id);
  plan.undoes?.push(id);
  const alike =
    shared.snov.kind === "value" &&
    shared.hubspot.kind === "value" &&
    sameMeaning(mapping, shared.snov.value, shared.hubspot.value);
  if (alike) return;
  plan.declined.values[id] = { ...({ [side]: before, [other]: theirs } as Both<Value>), undone: true };
  plan.held.push({ mappingId: id, reason: "undone", value: "" });
}

function sameOwn(mapping: PlannerMapping, side: Side, a: Value, b: Value): boolean {
  const [one, other] = [toShared(mapping, side, a), toShared(mapping, side, b)];
  if (one.kind === "value" && other.kind === "value") return sameMeaning(mapping, one.value, other.value);
  return sameText(a, b);
}

function sameText(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
