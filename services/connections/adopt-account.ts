import { and, desc, eq, sql } from "drizzle-orm";
import type { TokenFacts, Tokens } from "@/connectors/hubspot/oauth";
import type { Tx } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { journalSubscriptions } from "@/db/schema/journal";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import type { Ctx } from "@/services/context";
import { markKnownPairs, markProspectsChangedSince } from "@/services/pending/mark-known-pairs";
import type { PropertiesAnswer } from "@/services/properties/read-properties";
import { takeInProperties } from "@/services/properties/take-in-properties";
import { endNotices } from "@/services/telling/end-notices";
import { defaultMappingsFor } from "@/sync/default-mappings";
import type { FieldDefinition } from "@/sync/field-definition";
import { lockAccount } from "./lock-account";
import { sealedTokens } from "./sealed-tokens";

type NewAccount = { tokens: Tokens; facts: TokenFacts; properties: PropertiesAnswer };
type Connection = typeof connections.$inferSelect;
type Integration = typeof integrations.$inferSelect;

/** Makes the account this workspace's: one connection and one integration per account, kept for its return. */
export function adoptAccount(
  ctx: Ctx,
  account: NewAccount,
): Promise<{ integration: string; connection: string; wake: string[] }> {
  return ctx.db.transaction(async (tx) => {
    const { accountId } = account.tokens;
    await lockAccount(tx, accountId);
    const connection = await saveConnection(tx, ctx, account);
    // HubSpot ends what the journal was to tell of an account when our app leaves it: it is asked anew.
    await tx.delete(journalSubscriptions).where(eq(journalSubscriptions.accountId, accountId));
    const [former] = await tx
      .select()
      .from(integrations)
      .where(and(eq(integrations.workspaceId, ctx.workspaceId), eq(integrations.connectionId, connection.id)))
      .orderBy(sql`${integrations.disconnectedAt} desc nulls first`, desc(integrations.createdAt))
      .limit(1);
    const integration = former ?? (await createDraft(tx, ctx, connection, account.properties.definitions));
    const isBack = former ? await takeUpAgain(tx, former) : false;
    const busy = await takeInProperties(tx, connection.id, account.properties);
    await endNotices(tx, { integrationId: integration.id, kinds: ["connection_broken"] });
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        integrationId: integration.id,
        kind: former ? "integration/reconnected" : "integration/connected",
        recordName: connection.accountName,
        cause: memberCause(ctx),
      },
    ]);
    const wake = [...new Set([...(isBack ? [integration.id] : []), ...busy])];
    return { integration: integration.id, connection: connection.id, wake };
  });
}

export function accountNameOf({ tokens, facts }: Pick<NewAccount, "tokens" | "facts">): string {
  return facts.accountDomain || tokens.accountId;
}

async function saveConnection(tx: Tx, ctx: Ctx, { tokens, facts }: NewAccount): Promise<Connection> {
  const { workspaceId } = ctx;
  const { accountId } = tokens;
  const values = {
    ...sealedTokens({ workspaceId, accountId }, tokens),
    accountName: accountNameOf({ tokens, facts }),
    connectedBy: facts.user ?? null,
    scopes: tokens.scopes ?? facts.scopes,
    brokenReason: null,
    uninstallToldAt: null,
    refreshFault: null,
    refreshingUntil: null,
    refreshAgainAt: null,
    refreshFailures: 0,
    scopesReadAt: null,
    disconnectedAt: null,
  };
  const [known] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.accountId, accountId)))
    .orderBy(sql`${connections.disconnectedAt} desc nulls first`)
    .limit(1);
  const [saved] = known
    ? await tx
        .update(connections)
        .set({ ...values, tokenVersion: sql`${connections.tokenVersion} + 1` })
        .where(eq(connections.id, known.id))
        .returning()
    : await tx
        .insert(connections)
        .values({ ...values, workspaceId, accountId })
        .returning();
  if (!saved) throw new Error("A connection was saved without a row");
  return saved;
}

async function createDraft(
  tx: Tx,
  ctx: Ctx,
  connection: Connection,
  properties: FieldDefinition[],
): Promise<Integration> {
  const [integration] = await tx
    .insert(integrations)
    .values({ workspaceId: ctx.workspaceId, connectionId: connection.id })
    .returning();
  if (!integration) throw new Error("The insert of an integration returned no row");
  const readOnly = new Set(properties.filter(({ writable }) => !writable).map(({ key }) => key));
  const mappings = defaultMappingsFor(properties).map((mapping, position) => ({
    integrationId: integration.id,
    ...mapping,
    direction: readOnly.has(mapping.hubspotProperty) ? ("to_snov" as const) : ("both" as const),
    position,
  }));
  await tx.insert(fieldMappings).values(mappings);
  return integration;
}

/**
 * A broken one goes on where it stopped; a disconnected one waits, paused, for a person to resume it. Either is compared as
 * soon as it may sync: of what was removed while our app was out nothing else tells.
 */
async function takeUpAgain(tx: Tx, former: Integration): Promise<boolean> {
  const state = former.state === "broken" ? (former.stateBeforeBroken ?? "paused") : former.state;
  await tx
    .update(integrations)
    .set({
      state,
      stateBeforeBroken: null,
      disconnectedAt: null,
      updatedAt: new Date(),
      ...(state === "draft" ? {} : { returnedAt: sql`now()` }),
    })
    .where(eq(integrations.id, former.id));
  if (former.disconnectedAt && state !== "draft") {
    // Nothing was collected meanwhile on our side; HubSpot's side is read again from where its poll stood. What only differs
    // since before launch stays as it is, unless somebody has edited it.
    await markKnownPairs(tx, former.id);
    await markProspectsChangedSince(tx, former, former.disconnectedAt);
  }
  return state === "active";
}
