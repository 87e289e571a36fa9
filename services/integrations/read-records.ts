import { z } from "zod";
import { type OverviewHead, overviewHead } from "@/db/queries/overview";
import type { OfIntegration } from "@/db/queries/own-integration";
import type { ReasonCount } from "@/db/queries/reason-counts";
import { type RecordCounts, recordCounts } from "@/db/queries/record-counts";
import { RecordFilter } from "@/db/queries/record-filter";
import { type RecordsPage, recordsPage } from "@/db/queries/records-page";
import { standingCounts } from "@/db/queries/standing-counts";
import { storableText } from "@/lib/storable-text";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { sides } from "@/sync/side";

const ReadRecords = z.object({
  id: z.string(),
  filter: RecordFilter.default({}),
  /** The last record already shown. */
  after: z
    .object({
      at: z.iso.datetime().nullable(),
      side: z.string().pipe(z.enum(sides)),
      recordId: z.string().max(60).transform(storableText),
    })
    .nullable()
    .default(null),
});

export type { RecordFilter } from "@/db/queries/record-filter";
export type { RecordRow } from "@/db/queries/records-page";
export type RecordsView = RecordsPage & {
  counts: RecordCounts;
  /** Of those that are failing or excluded, and of those in sync that are not known to be equal. */
  reasons: ReasonCount[];
  integration: Pick<OverviewHead, "id" | "accountId" | "accountName" | "state" | "launchedAt">;
};

const pageLength = 50;

/** Fifty records of an integration that match, each with its status, and how many there are of each. */
export async function readRecords({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: z.input<typeof ReadRecords>;
}): Promise<RecordsView> {
  const { id, filter, after } = ReadRecords.parse(input);
  const known = z.uuid().safeParse(id);
  const head = known.success ? await overviewHead(ctx.db, ctx.workspaceId, known.data) : null;
  if (!head) throw new ServiceError("not_found", "no such integration in this workspace");
  const of = { workspaceId: ctx.workspaceId, integrationId: head.id };
  const [page, standing] = await Promise.all([
    recordsPage(ctx.db, of, { filter, after, limit: pageLength }),
    countsOf(ctx.db, of),
  ]);
  const { accountId, accountName, state, launchedAt } = head;
  return {
    ...page,
    ...standing,
    integration: { id: head.id, accountId, accountName, state, launchedAt },
  };
}

async function countsOf(db: Ctx["db"], of: OfIntegration): Promise<Pick<RecordsView, "counts" | "reasons">> {
  const { counts, reasons } = await standingCounts(db, of);
  return { counts: await recordCounts(db, of, counts), reasons };
}
