import { z } from "zod";
import { type DescribedField, describedFields } from "@/db/queries/described-fields";
import { type FieldHistoryEntry, fieldHistory, propertiesOf } from "@/db/queries/field-history";
import { prospectDetail } from "@/db/queries/prospects-detail";
import { prospectSync } from "@/db/queries/prospects-sync";
import { type ToldGiver, toldGiver } from "@/services/activities/told-giver";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { toShared } from "@/sync/choices";
import { giverOf } from "@/sync/given";
import { type FieldOutlook, type Foresight, foreseeField } from "./forecast-field";
import { mappedKeyOf } from "./prospect-fields";

const ExplainField = z.object({
  id: z.string(),
  field: z.string().max(60),
  /** The last change already shown. */
  before: z.coerce.number().int().positive().nullable().catch(null),
});

export type { FieldOutlook } from "./forecast-field";
export type ExplainedChange = FieldHistoryEntry & {
  /** The account whose property it was, or which it came from. */
  accountName: string | null;
  /** How to show a HubSpot property's values; null where it is the prospect's field. */
  property: DescribedField | null;
  /** What HubSpot says of who gave it that value. */
  changedInHubspot: ToldGiver | null;
};
export type FieldExplanation = {
  /** The latest first. */
  chain: ExplainedChange[];
  /** Older ones come before this one. */
  next: number | null;
  /** What would happen if it changed now, in each integration. */
  outlooks: { integrationId: string; accountName: string; outlook: FieldOutlook }[];
};

const pageLength = 50;

/** Why a field of a prospect has its value: the changes that led to it, and what a change would lead to now. */
export async function explainField({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; field: string; before?: unknown };
}): Promise<FieldExplanation> {
  const { id, field: asked, before } = ExplainField.parse(input);
  const known = z.uuid().safeParse(id);
  const found = known.success ? await prospectDetail(ctx.db, ctx.workspaceId, known.data) : null;
  if (!found) throw new ServiceError("not_found", "no such prospect", { reason: "prospect_gone" });
  const field = mappedKeyOf(asked);
  const [properties, sync] = await Promise.all([
    propertiesOf(ctx.db, ctx.workspaceId, field),
    prospectSync(ctx.db, ctx.workspaceId, id),
  ]);
  const [history, described, foreseen] = await Promise.all([
    fieldHistory(ctx.db, ctx.workspaceId, id, { field, properties }, { before, limit: pageLength }),
    Promise.all(properties.map((one) => describe(ctx, one))),
    Promise.all(
      sync.map(async (one) => [one, await foreseeField(ctx, one, { prospectId: id, field })] as const),
    ),
  ]);
  const foresights = new Map(foreseen.map(([{ integrationId }, foresight]) => [integrationId, foresight]));
  const accounts = new Map(sync.map(({ integrationId, accountName }) => [integrationId, accountName]));
  return {
    next: history.next,
    chain: history.entries.map((entry) => ({
      ...entry,
      accountName: accounts.get(entry.integrationId ?? "") ?? null,
      property:
        entry.side === "hubspot"
          ? (described.find(({ integrationId }) => integrationId === entry.integrationId)?.property ?? null)
          : null,
      changedInHubspot: sourceOf(entry, foresights.get(entry.integrationId ?? "")),
    })),
    outlooks: found.row.deletedAt
      ? []
      : foreseen.map(([{ integrationId, accountName }, { outlook }]) => ({
          integrationId,
          accountName,
          outlook,
        })),
  };
}

async function describe(
  { db, workspaceId }: Ctx,
  { integrationId, connectionId, property }: Awaited<ReturnType<typeof propertiesOf>>[number],
) {
  const { hubspot } = await describedFields(db, workspaceId, connectionId, { snov: [], hubspot: [property] });
  return { integrationId, property: hubspot[property] ?? null };
}

/** Of a value that came from HubSpot. */
function sourceOf(
  { cause, side, at, delta }: FieldHistoryEntry,
  foresight: Foresight | undefined,
): ExplainedChange["changedInHubspot"] {
  const mapping = foresight?.mapping;
  if (side !== "snov" || cause.kind !== "sync" || cause.from !== "hubspot" || !mapping) return null;
  const shared = toShared(mapping, "snov", delta.after);
  if (shared.kind === "unmapped") return null;
  const giver = giverOf(mapping, foresight.history, { value: shared.value, takenBy: Date.parse(at) });
  return giver && toldGiver(giver, foresight.users);
}
