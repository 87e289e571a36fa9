import { exchange } from "@/sandbox/hubspot/http/exchange";
import { contactMark } from "@/sync/contact-mark";
import { clock } from "../machine/clock";
import { unmapped } from "../settings";
import { typedInHubspot } from "../values";
import { PORTAL, tell, type World } from "../world";
import { anEmail } from "./emails";

/** What Hugo does in HubSpot's own pages. */
export async function createAContact(world: World, given?: Record<string, string>): Promise<void> {
  const { random, settings } = world;
  const fields = settings.fields.filter(({ hubspot }) => hubspot !== "email" && random.chance(0.6));
  const properties = given ?? {
    firstname: `Hugo's ${world.counts.edits}`,
    ...(random.chance(0.9) ? { email: anEmail(world) } : {}),
    ...Object.fromEntries(
      fields.map((field) => [field.hubspot, typedInHubspot(random, field, world.counts.edits)]),
    ),
  };
  await act(world, "POST", "", { properties });
}

export async function editAContact(world: World): Promise<void> {
  const id = aContact(world, false);
  if (!id) return;
  const { random, settings } = world;
  if (settings.marks === "edited" && random.chance(0.08)) return await editMark(world, id);
  const [name, value] = random.chance(0.15)
    ? ["email", random.chance(0.06) ? "" : anEmail(world)]
    : random.chance(0.1)
      ? [random.pick(unmapped.hubspot), `unmapped ${world.counts.edits}`]
      : typed(world, random.pick(settings.fields.filter(({ hubspot }) => hubspot !== "email")));
  await act(world, "PATCH", `/${id}`, { properties: { [name]: value } });
}

/** Somebody empties what says whose a contact is, puts it on another one, or types what comes to mind. */
async function editMark(world: World, id: string): Promise<void> {
  const others = contactIds(world, false).flatMap(
    (other) => world.account.contacts.get(other)?.properties[contactMark.name] ?? [],
  );
  await editContactField(world, id, contactMark.name, world.random.pick(["", "", "nobody", ...others]));
}

export async function editContactField(world: World, id: string, name: string, value: string): Promise<void> {
  await act(world, "PATCH", `/${id}`, { properties: { [name]: value } });
}

/** Just before a write of ours arrives, somebody edits what it is about to replace. */
export async function editUnderneath(world: World, body: string): Promise<void> {
  const { inputs }: { inputs: { id: string; properties: Record<string, string> }[] } = JSON.parse(body);
  const { id, properties } = world.random.pick(inputs);
  const fields = world.settings.fields.filter(({ hubspot }) => hubspot !== "email" && hubspot in properties);
  if (!fields.length) return;
  const [name, value] = typed(world, world.random.pick(fields));
  await editContactField(world, id, name, value);
}

export async function archiveAContact(world: World): Promise<void> {
  const id = aContact(world, false);
  if (id) await act(world, "DELETE", `/${id}`);
}

export async function restoreAContact(world: World): Promise<void> {
  const id = aContact(world, true);
  if (id) await act(world, "POST", `/${id}/restore`);
}

export async function eraseAContact(world: World): Promise<void> {
  const id = aContact(world, false);
  if (id) await act(world, "POST", `/${id}/privacy-delete`);
}

export async function mergeContacts(world: World): Promise<void> {
  const [primaryId, otherId] = world.random.shuffled(contactIds(world, false));
  if (primaryId && otherId) await act(world, "POST", "/merge", { primaryId, otherId });
}

export function contactIds({ account }: Pick<World, "account">, archived: boolean): string[] {
  return [...account.contacts.from(0, archived)].map(({ id }) => id);
}

function aContact(world: World, archived: boolean): string | undefined {
  const ids = contactIds(world, archived);
  return ids.length ? world.random.pick(ids) : undefined;
}

function typed(world: World, field: World["settings"]["fields"][number]): [string, string] {
  return [field.hubspot, typedInHubspot(world.random, field, world.counts.edits)];
}

async function act(world: World, method: string, path: string, body?: object): Promise<void> {
  clock.pass(1);
  world.counts.edits += 1;
  tell(world, "hugo", `${method} contacts${path} ${body ? JSON.stringify(body) : ""}`);
  const answer = await exchange(world.sandbox, {
    method,
    url: `/sandbox/api/accounts/${PORTAL}/contacts${path}`,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (answer === "drop" || answer.status >= 500) throw new Error("the sandbox failed");
  if (answer.status >= 400) tell(world, "hugo", `is refused: ${answer.status} ${answer.content}`);
  world.contacts.note("hugo");
  clock.pass(1);
}
