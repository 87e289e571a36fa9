// HubSpot's description does not say how it tells that a unique value is another contact's: as a refusal of the property, or
// as a conflict. Neither sinks a record.
import { describe, expect, it } from "vitest";
import type { WriteOutcome } from "@/connectors/hubspot/contacts";
import { RemoteError, type RemoteErrorKind } from "@/connectors/hubspot/remote-error";
import { type Bearer, contactMarks } from "@/services/sync/contact-marks";
import type { RecordWork } from "@/services/sync/record-work";
import { contactMark } from "@/sync/contact-mark";

const mark = contactMark.name;
const id = "0b0e9a4e-3b0c-4c55-9d0f-0d9a2c6f7e11";

/** All that is asked of a piece of work here. */
function workOf(kind: "create" | "pair"): RecordWork {
  const contact = kind === "pair" ? { fields: {} } : null;
  return { prospect: { id }, contact, plan: { kind } } as unknown as RecordWork;
}
function refusal(kind: RemoteErrorKind, code?: string): WriteOutcome {
  const fields = code ? [{ property: mark, code, message: "no" }] : [];
  return { ok: false, error: new RemoteError(kind, "refused", { said: "no", fields }) };
}
const others: Bearer = { kind: "others" };
const taken = refusal("rejected", "CONFLICTING_UNIQUE_VALUE");

describe("an id that HubSpot does not take", () => {
  it.each([
    ["an update whose refusal names it", "pair", taken, undefined, true],
    ["an update that is told to be in conflict", "pair", refusal("conflict"), undefined, true],
    ["an update that fails otherwise", "pair", refusal("rejected"), undefined, false],
    ["an update that had no answer", "pair", refusal("transient"), undefined, false],
    ["a creation whose refusal names it, once it is known to be another's", "create", taken, others, true],
    ["a creation in conflict, once it is known to be another's", "create", refusal("conflict"), others, true],
    ["a creation in conflict of which nobody carries it", "create", refusal("conflict"), undefined, false],
  ] as const)("is left out of %s: %s", (_what, kind, outcome, found, isLeftOut) => {
    const marks = contactMarks({ mark });
    const work = workOf(kind);
    expect(marks.of(work)).toEqual({ [mark]: id });
    expect(marks.leaveOut(work, outcome, found).length > 0).toBe(isLeftOut);
    expect(marks.of(work)).toEqual(isLeftOut ? {} : { [mark]: id });
    // What it was sent without has been refused for something else.
    expect(isLeftOut && marks.leaveOut(work, outcome, found).length > 0).toBe(false);
  });

  it("is looked for where a contact was to be made, and HubSpot has the value or a conflict", () => {
    const { mayBeTaken } = contactMarks({ mark });
    expect(mayBeTaken(workOf("create"), taken)).toBe(true);
    expect(mayBeTaken(workOf("create"), refusal("conflict"))).toBe(true);
    expect(mayBeTaken(workOf("create"), refusal("rejected", "PROPERTY_DOESNT_EXIST"))).toBe(false);
    expect(mayBeTaken(workOf("create"), refusal("rejected"))).toBe(false);
    expect(mayBeTaken(workOf("pair"), taken)).toBe(false);
    expect(contactMarks({ mark: null }).mayBeTaken(workOf("create"), taken)).toBe(false);
  });
});
