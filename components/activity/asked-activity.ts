import { type AddressParams, askedOf } from "@/components/ui/asked";
import { activityCauses } from "@/lib/activity-causes";
import type { ActivityFilter } from "@/services/activities/read-activities";
import { sides } from "@/sync/side";

const keys = ["q", "record", "field", "cause", "person", "run", "side", "from", "to"] as const;
/**
 * What the page's address asks for. `field` is a side and a name: `snov~city`; `person`, a member or a `hubspotPerson`;
 * `from` and `to` are moments.
 */
export type AskedActivity = Partial<Record<(typeof keys)[number], string>>;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** A user of the HubSpot account, by HubSpot's id. */
export function hubspotPerson(userId: string): string {
  return `hubspot~${userId}`;
}

export function askedActivity(params: AddressParams): AskedActivity {
  return askedOf(keys, params, 200);
}

export function activityParams(asked: AskedActivity): URLSearchParams {
  return new URLSearchParams(askedActivity(asked) as Record<string, string>);
}

/** What makes no sense in an address restricts nothing. */
export function activityFilterOf(asked: AskedActivity): ActivityFilter {
  const { q, record, field, cause, person, run, side, from, to } = asked;
  const [fieldSide, ...name] = field?.split("~") ?? [];
  const onSide = sides.find((one) => one === fieldSide);
  const knownCause = activityCauses.find((one) => one === cause);
  const giver = /^hubspot~(\d{1,20})$/.exec(person ?? "")?.[1];
  const knownSide = sides.find((one) => one === side);
  return {
    ...(q ? { search: q.slice(0, 100) } : {}),
    ...(record && uuid.test(record) ? { prospectId: record } : {}),
    ...(onSide && name.length ? { field: { side: onSide, name: name.join("~") } } : {}),
    ...(knownCause ? { cause: knownCause } : {}),
    ...(person && uuid.test(person) ? { userId: person } : {}),
    ...(giver ? { giverId: giver } : {}),
    ...(run && uuid.test(run) ? { runId: run } : {}),
    ...(knownSide ? { side: knownSide } : {}),
    ...(isMoment(from) ? { from } : {}),
    ...(isMoment(to) ? { to } : {}),
  };
}

function isMoment(text: string | undefined): text is string {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/.test(text ?? "") &&
    !Number.isNaN(Date.parse(text ?? ""))
  );
}
