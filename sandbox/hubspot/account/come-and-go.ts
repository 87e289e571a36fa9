import { notFound } from "../http/api-error";
import type { Account } from "./account";
import type { Owner } from "./owner";

/** An administrator takes the user out of the account; contacts keep their owner. */
export function letGo(account: Account, ownerId: string): Owner {
  const { userId, ...owner } = needed(account, ownerId);
  return save(account, { ...owner, archived: true });
}

/** The same user is invited again, under an id that is new: who left stays in the list of those who have left. */
export function takeBack(account: Account, ownerId: string): Owner {
  const owner = needed(account, ownerId);
  const id = String(Math.max(...account.owners().map((one) => Number(one.id))) + 1);
  const createdAt = new Date(account.now()).toISOString();
  return save(account, { ...owner, id, userId: owner.userIdIncludingInactive, createdAt, archived: false });
}

function save(account: Account, owner: Owner): Owner {
  const saved = { ...owner, updatedAt: new Date(account.now()).toISOString() };
  account.store.put<Owner>(`owner:${account.portalId}`, saved.id, saved);
  account.revision += 1;
  return saved;
}

function needed(account: Account, ownerId: string): Owner {
  const owner = account.owners().find(({ id }) => id === ownerId);
  if (!owner) throw notFound(`There is no owner ${ownerId}`);
  return owner;
}
