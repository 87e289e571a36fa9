import type { Side } from "@/sync/side";
import type { World } from "../world";

/** Since when and until when a record that was there had an address, of either side. */
export type Owned = { side: Side; id: string; address: string; from: number; until: number };

export async function ownedAddresses(world: World): Promise<Owned[]> {
  return [...(await ofProspects(world)), ...ofContacts(world)];
}

/** Somebody else's on that side, at some moment within that time. */
export function wasTaken(
  owned: Owned[],
  { side, id, address }: { side: Side; id: string; address: unknown },
  since: number,
  until: number,
): boolean {
  return owned.some(
    (one) =>
      one.side === side &&
      one.id !== id &&
      one.address === keyOf(String(address)) &&
      one.from <= until &&
      one.until > since,
  );
}

/** Within that time one of these records came to have an address of somebody erased: given to it, or erased there. */
export function cameToHaveErased(
  owned: Owned[],
  erased: Map<string, number>,
  ids: Record<Side, string>,
  since: number,
  until: number,
): boolean {
  return owned.some((one) => {
    const from = Math.max(one.from, erased.get(one.address) ?? Number.POSITIVE_INFINITY);
    return one.id === ids[one.side] && from > since && from <= until && from < one.until;
  });
}

async function ofProspects({ database }: World): Promise<Owned[]> {
  const rows = await database.raw(
    `select extract(epoch from at) * 1000 as at, coalesce(is_now, was)->>'prospect_id' as id,
       coalesce(is_now, was)->>'email' as email, coalesce((is_now->>'live')::boolean, false) as live
     from sim_journal where source = 'prospect_emails' order by seq`,
  );
  return periods(
    "snov",
    rows.map(({ at, id, email, live }) => ({
      at: Number(at),
      id: String(id),
      address: keyOf(String(email)),
      isOwned: live === true,
    })),
  );
}

function ofContacts({ contacts }: World): Owned[] {
  const known = new Map<string, { addresses: string[]; isThere: boolean }>();
  const moments = contacts.changes.flatMap(({ at, contactId: id, kind, properties }) => {
    const before = known.get(id) ?? { addresses: [], isThere: true };
    const read = (name: string) => properties[name]?.is.split(";").map(keyOf).filter(Boolean);
    const [first, more] = [read("email"), read("hs_additional_emails")];
    const isThere = kind === "edited" ? before.isThere : kind === "created" || kind === "restored";
    const addresses = first || more ? [...(first ?? before.addresses), ...(more ?? [])] : before.addresses;
    known.set(id, { addresses, isThere });
    return [...new Set([...before.addresses, ...addresses])].map((address) => ({
      at,
      id,
      address,
      isOwned: isThere && addresses.includes(address),
    }));
  });
  return periods("hubspot", moments);
}

function periods(
  side: Side,
  moments: { at: number; id: string; address: string; isOwned: boolean }[],
): Owned[] {
  const owned: Owned[] = [];
  for (const { at, id, address, isOwned } of moments) {
    const last = owned.findLast((one) => one.id === id && one.address === address);
    const isOpen = last?.until === Number.POSITIVE_INFINITY;
    if (isOwned && !isOpen) owned.push({ side, id, address, from: at, until: Number.POSITIVE_INFINITY });
    if (!isOwned && last && isOpen) last.until = at;
  }
  return owned;
}

function keyOf(address: string): string {
  return address.trim().toLowerCase();
}
