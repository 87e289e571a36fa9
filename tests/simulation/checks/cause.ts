import type { Side } from "@/sync/side";
import { mayWrite } from "../settings";
import type { World } from "../world";
import type { FinalLink, FinalState } from "./final-state";
import type { Journal } from "./journal";

/** Whom a status is about: its own record, and the one it is linked with. */
export type About = {
  side: Side;
  id: string;
  status: string;
  detail: Record<string, string>;
  link: FinalLink | undefined;
  prospect: Prospect | undefined;
  contact: Contact | undefined;
};
type Prospect = FinalState["prospects"] extends Map<string, infer P> ? P : never;
type Contact = FinalState["contacts"] extends Map<string, infer C> ? C : never;
export type Case = { world: World; state: FinalState; journal: Journal; erased: Set<string>; about: About };
/** Whether the world bears a reason out. */
export type Cause = (one: Case) => boolean;

export function isLone({ about: { prospect, contact } }: Case): boolean {
  return (prospect === undefined) !== (contact === undefined);
}

/** Whether the sync type lets anything come to that side. */
export function reaches({ settings }: World, side: Side): boolean {
  return settings.fields.some((field) => field.snov === "email" && mayWrite(settings, field, side));
}
