import { contactMark } from "@/sync/contact-mark";
import type { ContactChange } from "../contact-journal";
import type { World } from "../world";
import type { FinalState } from "./final-state";
import { sameContact } from "./journal";
import { isUnconfirmed } from "./pair-acts";

type Input = { id?: string; properties: Record<string, string> };

/** A contact is given the id of its own prospect, and only along with something else. No two contacts have the same one. */
export function checkMarks(world: World, state: FinalState): string[] {
  const sent = world.calls
    .flatMap(({ call }) => inputsOf(call))
    .filter(({ properties }) => markIn(properties));
  const given = world.contacts.changes.filter(({ by, properties }) => by === "app" && markIn(properties));
  return [
    ...sent.flatMap(({ id = "new", properties }) => [
      ...(world.settings.marks ? [] : [`contact ${id} was given an id, which nobody chose`]),
      ...(Object.keys(properties).length > 1 ? [] : [`contact ${id} was given its id by a write of its own`]),
    ]),
    ...given
      .filter((change) => !isOwn(world, state, change))
      .map(
        ({ contactId, properties }) =>
          `contact ${contactId} was given ${markIn(properties)?.is}, and is not its`,
      ),
    ...sharedMarks(state),
  ];
}

/** As whoever made it or paired it says. A page that died, or left it for another round, was about to pair it. */
function isOwn(world: World, state: FinalState, change: ContactChange): boolean {
  const { contactId, at, by, kind, properties } = change;
  const mark = markIn(properties)?.is ?? "";
  if (kind === "created") {
    const made = world.creations.find(({ created }) => created === contactId);
    return made?.call === mark || made?.call.startsWith("somebody with ") === true;
  }
  return (
    isUnconfirmed(world, { at, by }) ||
    world.turns.some(({ from, to, again }) => again && from <= at && at <= to) ||
    state.pairs.some((pair) => pair.prospectId === mark && sameContact(world, pair.contactId, contactId))
  );
}

function sharedMarks({ contacts }: FinalState): string[] {
  const holders = new Map<string, string>();
  return [...contacts.values()].flatMap(({ id, live, properties }) => {
    const mark = live ? markIn(properties) : undefined;
    if (!mark) return [];
    const holder = holders.get(mark);
    holders.set(mark, id);
    return holder ? [`contacts ${holder} and ${id} both carry the id ${mark}`] : [];
  });
}

function markIn<T>(properties: Record<string, T>): T | undefined {
  return properties[contactMark.name];
}

function inputsOf({ method, url, body }: World["calls"][number]["call"]): Input[] {
  if (!body || /\/(read|search|archive)(\?|$)/.test(url) || !url.includes("/contacts")) return [];
  const parsed: { inputs?: Input[]; properties?: Record<string, string> } = JSON.parse(body);
  if (parsed.inputs) return parsed.inputs;
  const id = method === "PATCH" ? /\/contacts\/(\d+)/.exec(url)?.[1] : undefined;
  return parsed.properties ? [{ ...(id ? { id } : {}), properties: parsed.properties }] : [];
}
