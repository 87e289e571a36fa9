import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { listMembers, prospectEmails, prospects } from "@/db/schema/prospects";
import type { ShownRecordStatus } from "@/lib/shown-statuses";
import { standsAs } from "./prospects-standing";

export const prospectSorts = ["newest", "name", "updated"] as const;
export type ProspectSort = (typeof prospectSorts)[number];

/** A place between two rows: the sort value as Postgres writes it, and the id that breaks ties. */
export type ProspectCursor = { key: string; id: string };

export type ProspectFilter = {
  search: string;
  listId: string | null;
  /** How they stand, over these integrations. */
  standing: { status: ShownRecordStatus; integrationIds: string[] } | null;
};

export type ProspectsPageQuery = ProspectFilter & {
  sort: ProspectSort;
  after: ProspectCursor | null;
  before: ProspectCursor | null;
  limit: number;
};

export type ProspectListRow = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  company: string | null;
  jobTitle: string | null;
  createdAt: string;
  updatedAt: string;
};

export type ProspectsPage = {
  rows: ProspectListRow[];
  /** Where the neighbouring pages start; null where there is none. */
  next: ProspectCursor | null;
  previous: ProspectCursor | null;
};

/** One page by keyset: no offset, so page 20,000 costs what page 1 costs. */
export async function prospectsPage(
  db: Db,
  workspaceId: string,
  query: ProspectsPageQuery,
): Promise<ProspectsPage> {
  const found = await db.transaction(
    async (tx) => {
      // A plan made for the search at hand: a frequent word is found by walking the order, a rare one by the word index.
      await tx.execute(sql`set local plan_cache_mode = force_custom_plan`);
      return prospectsPageSelect(tx, workspaceId, query);
    },
    { accessMode: "read only" },
  );
  const more = found.length > query.limit;
  const rows = found.slice(0, query.limit);
  if (query.before) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  const hasPrevious = query.before ? more : query.after !== null;
  const hasNext = query.before ? true : more;
  return {
    rows: rows.map(({ key: _, createdAt, updatedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    })),
    next: hasNext && last ? { key: last.key, id: last.id } : null,
    previous: hasPrevious && first ? { key: first.key, id: first.id } : null,
  };
}

/** The page's one statement; asks for one row more than shown, to know whether a next page exists. */
export function prospectsPageSelect(db: Db | Tx, workspaceId: string, query: ProspectsPageQuery) {
  const { column, type, descending } = orders[query.sort];
  const backwards = query.before !== null;
  const downwards = descending !== backwards;
  const cursor = query.before ?? query.after;
  return db
    .select({
      id: prospects.id,
      firstName: prospects.firstName,
      lastName: prospects.lastName,
      email: prospectEmails.email,
      company: prospects.company,
      jobTitle: prospects.jobTitle,
      createdAt: prospects.createdAt,
      updatedAt: prospects.updatedAt,
      // A Date would drop the microseconds and skip or repeat rows.
      key: sql<string>`${column}::text`,
    })
    .from(prospects)
    .leftJoin(
      prospectEmails,
      and(eq(prospectEmails.prospectId, prospects.id), eq(prospectEmails.isPrimary, true)),
    )
    .where(
      and(
        liveProspects(workspaceId, query),
        cursor
          ? sql`(${column}, ${prospects.id}) ${downwards ? sql`<` : sql`>`} (${cursor.key}::${type}, ${cursor.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(downwards ? sql`${column} desc, ${prospects.id} desc` : sql`${column} asc, ${prospects.id} asc`)
    .limit(query.limit + 1);
}

export const countLimit = 10_000;

/** How many there are, counted up to `countLimit`: beyond it people read "more than". */
export async function countProspects(db: Db, workspaceId: string, filter: ProspectFilter): Promise<number> {
  const some = db
    .select({ one: sql`1` })
    .from(prospects)
    .where(liveProspects(workspaceId, filter))
    .limit(countLimit + 1)
    .as("some");
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(some);
  return row?.count ?? 0;
}

function liveProspects(workspaceId: string, { search, listId, standing }: ProspectFilter): SQL | undefined {
  return and(
    eq(prospects.workspaceId, workspaceId),
    isNull(prospects.deletedAt),
    hasWord(search)
      ? sql`${prospects.searchWords} @@ prospect_query(${workspaceId}::uuid, ${search})`
      : undefined,
    listId
      ? sql`exists (select from ${listMembers} where ${listMembers.listId} = ${listId}::uuid and ${listMembers.prospectId} = ${prospects.id})`
      : undefined,
    standing ? standsAs(standing.integrationIds, standing.status) : undefined,
  );
}

/** Whether there is anything in it to search for. */
export function hasWord(search: string): boolean {
  return /[\p{L}\p{N}]/u.test(search);
}

const orders = {
  newest: { column: sql`${prospects.createdAt}`, type: sql`timestamptz`, descending: true },
  updated: { column: sql`${prospects.updatedAt}`, type: sql`timestamptz`, descending: true },
  name: { column: sql`${prospects.sortName}`, type: sql`text`, descending: false },
} as const;
