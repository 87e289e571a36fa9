import { z } from "zod";
import { liveCustomFields } from "@/db/queries/custom-fields";
import { type ListOption, listOptions } from "@/db/queries/lists";
import { changeAuthors, prospectDetail } from "@/db/queries/prospects-detail";
import { type ProspectSync, prospectSync } from "@/db/queries/prospects-sync";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";
import { type ProspectField, prospectFields } from "./prospect-fields";
import { type ProspectValues, prospectName, valuesOf } from "./prospect-values";

export type ProspectView = {
  id: string;
  version: number;
  name: string | null;
  fields: ProspectField[];
  values: ProspectValues;
  /** Field key → when it last changed; by whom, where that is known. */
  changes: Record<string, { at: string; by: string | null }>;
  lists: ListOption[];
  allLists: ListOption[];
  sync: ProspectSync[];
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
};

/** Everything a prospect's page shows but its history. */
export async function readProspect({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: { id: string };
}): Promise<ProspectView> {
  const id = z.uuid().safeParse(input.id);
  const found = id.success ? await prospectDetail(ctx.db, ctx.workspaceId, id.data) : null;
  if (!found) throw new ServiceError("not_found", "no such prospect", { reason: "prospect_gone" });
  const { row, emails, lists } = found;
  const [custom, allLists, sync, authors] = await Promise.all([
    liveCustomFields(ctx.db, ctx.workspaceId),
    listOptions(ctx.db, ctx.workspaceId),
    prospectSync(ctx.db, ctx.workspaceId, row.id),
    changeAuthors(ctx.db, ctx.workspaceId, row.fieldChanges),
  ]);
  const values = valuesOf(row, emails);
  const changes = Object.entries(row.fieldChanges).map(([key, { at, by }]) => [
    viewKeys[key] ?? key,
    { at, by: authors.get(by.id) ?? null },
  ]);
  return {
    id: row.id,
    version: row.version,
    name: prospectName(values),
    fields: prospectFields(custom),
    values,
    changes: Object.fromEntries(changes),
    lists,
    allLists,
    sync,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

const viewKeys: Record<string, string> = { email: "emails", phone: "phones" };
