import type { PlannerMapping } from "@/sync/planner-settings";
import type { FieldType, Value } from "@/sync/value";

// Few values of each type, many of which say the same in another form: what differs in form only, what is
// empty in its own way and what collides with the base has to come up often.
const plain: Record<Exclude<FieldType, "choice" | "choices">, Value[]> = {
  text: [null, "a", "b", " a ", "A", "", "  ", "17"],
  number: [
    null,
    "17",
    "17.0",
    " 17",
    "17.00000000000000000001",
    "18",
    "0",
    "-0.00",
    "12345678901234567890",
    "12345678901234567891",
  ],
  date: [null, "2026-11-01", "2026-11-02", " 2026-11-01", ""],
  datetime: [
    null,
    "2026-11-01T12:00:00Z",
    "2026-11-01T12:00:00.000Z",
    "2026-11-01T09:00:00-03:00",
    "2026-11-01T12:00:01Z",
    "",
  ],
  boolean: [null, true, false, "true", "FALSE", ""],
};

const addresses: Value[] = [null, "ana@x.io", "Ana@X.io", " ana@x.io ", "bob@x.io", "BOB@x.io", ""];

/** Own choice → shared choice. `xl` means what `l` means; a choice that a map leaves out is a hole in it. */
export const choiceMaps: (Record<string, string> | null)[] = [
  null,
  { s: "S", l: "L", xl: "L", m: "M" },
  { s: "S", l: "L", xl: "L" },
  { xl: "L", s: "S", l: "L", m: "M" },
];
const sharedChoices = ["S", "L", "M"];
// The last one is a word that every JavaScript object knows, and no map of ours.
const ownChoices = ["s", "l", "xl", "m", "constructor"];

const sharedOne: Value[] = [null, ...sharedChoices, ""];
const ownOne: Value[] = [null, ...ownChoices, ""];
const sharedMany: Value[] = [null, ["S"], ["S", "L"], ["L", "S", "L"], ["M"], []];
const ownMany: Value[] = [
  null,
  ["s"],
  ["s", "l"],
  ["l", "s"],
  ["xl", "s", "s"],
  ["l", "xl"],
  ["m"],
  ["constructor"],
  [],
];

/** Values as both sides share them. */
export function sharedDomain({ type, identity }: Pick<PlannerMapping, "type" | "identity">): Value[] {
  if (identity) return addresses;
  if (type === "choice") return sharedOne;
  return type === "choices" ? sharedMany : plain[type];
}

/** Values as a side with this choice map has them. */
export function ownDomain(
  mapping: Pick<PlannerMapping, "type" | "identity">,
  map: Record<string, string> | null,
): Value[] {
  if (map && mapping.type === "choice") return ownOne;
  return map && mapping.type === "choices" ? ownMany : sharedDomain(mapping);
}
