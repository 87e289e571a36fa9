import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Scope } from "@/db/schema/integrations";
import { type Ctx, requireAdmin } from "../context";
import { doubtScopes } from "../pending/doubt-scopes";
import { requireLists } from "../prospects/require-lists";
import { ServiceError } from "../service-error";
import { changeSettings, delta, type Integration, SettingsTarget } from "./change-settings";
import { readSettingsFields } from "./settings-fields";

const scopeOf = (listId: z.ZodString | z.ZodUUID) =>
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("all") }),
    z.object({ kind: z.literal("lists"), ids: z.array(listId).min(1, "scope_empty").max(200) }),
  ]);
const SaveDataSettings = SettingsTarget.extend({
  receivingListId: z.uuid().nullish(),
  statusProperty: z.enum(["hs_lead_status", "lifecyclestage"]).nullish(),
  statusValue: z.string().max(200).nullish(),
  outgoingScope: scopeOf(z.uuid()).optional(),
  incomingScope: scopeOf(z.string().regex(/^\d{1,32}$/)).optional(),
});

/** What is left out stays as it is. */
export async function saveDataSettings({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof SaveDataSettings>;
}): Promise<{ updatedAt: string }> {
  requireAdmin(ctx);
  const { integrationId, seen, ...given } = SaveDataSettings.parse(input);
  return changeSettings(ctx, { integrationId, seen }, async (tx, before) => {
    const after: Settings = { ...settingsOf(before), ...definedOf(given) };
    await requireLists(tx, ctx.workspaceId, [
      ...(after.receivingListId ? [after.receivingListId] : []),
      ...listIds(after.outgoingScope),
    ]);
    if (!after.statusValue) after.statusValue = null;
    if (after.statusProperty && after.statusValue) {
      const { hubspot } = await readSettingsFields(tx, before);
      const known = hubspot
        .get(after.statusProperty)
        ?.options.some(({ value }) => value === after.statusValue);
      if (!known)
        throw new ServiceError("invalid_input", "the account has no such status", {
          reason: "status_unknown",
          fields: { statusValue: "status_unknown" },
        });
    }
    const old = settingsOf(before);
    const deltas = (Object.keys(after) as (keyof Settings)[]).map((key) => delta(key, old[key], after[key]));
    // Another status that can be chosen can be given.
    const statusStopped = after.statusProperty === old.statusProperty ? before.statusStopped : null;
    const set = { ...after, statusStopped };
    const moved = {
      snov: isMoved(old, after, "outgoingScope"),
      hubspot: isMoved(old, after, "incomingScope"),
    };
    await doubtScopes(tx, before, moved);
    return { ...(isDeepStrictEqual(old, after) ? {} : { set }), deltas, result: {} };
  });
}

type Settings = Pick<
  Integration,
  "receivingListId" | "statusProperty" | "statusValue" | "outgoingScope" | "incomingScope"
>;

function settingsOf({
  receivingListId,
  statusProperty,
  statusValue,
  outgoingScope,
  incomingScope,
}: Settings): Settings {
  return { receivingListId, statusProperty, statusValue, outgoingScope, incomingScope };
}

function definedOf<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function isMoved(old: Settings, after: Settings, scope: "outgoingScope" | "incomingScope"): boolean {
  return !isDeepStrictEqual(old[scope], after[scope]);
}

function listIds(scope: Scope): string[] {
  return scope.kind === "lists" ? scope.ids : [];
}
