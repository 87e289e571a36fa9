import { z } from "zod";
import type { Account } from "../account/account";
import { batchAnswer } from "../contacts/batch-answer";
import { type ApiCall, type ApiRoute, limitParam } from "../http/api-call";
import { invalid, notFound } from "../http/api-error";
import { parseBody } from "../http/parse-body";
import { noContent, ok, type Reply } from "../http/reply";
import type { ContactList } from "./contact-list";

const read = ["crm.lists.read"];
const write = ["crm.lists.write"];
const path = "/crm/lists/2026-03";
const one = `${path}/:listId/memberships`;

export const membershipRoutes: ApiRoute[] = [
  { method: "GET", pattern: one, scopes: read, handle: (call) => page(call, "record") },
  { method: "GET", pattern: `${one}/join-order`, scopes: read, handle: (call) => page(call, "joined") },
  { method: "PUT", pattern: `${one}/add`, scopes: write, handle: add },
  { method: "PUT", pattern: `${one}/remove`, scopes: write, handle: remove },
  { method: "PUT", pattern: `${one}/add-and-remove`, scopes: write, handle: addAndRemove },
  { method: "DELETE", pattern: one, scopes: write, handle: removeAll },
  { method: "POST", pattern: `${path}/records/memberships/batch/read`, scopes: read, handle: batchOfRecords },
  {
    method: "GET",
    pattern: `${path}/records/:objectTypeId/:recordId/memberships`,
    scopes: read,
    handle: ofRecord,
  },
];

const Ids = z.array(z.string()).max(100_000);
const Change = z.object({ recordIdsToAdd: Ids, recordIdsToRemove: Ids });
const RecordBatch = z.object({
  inputs: z.array(z.object({ objectTypeId: z.string(), recordId: z.string() })).max(100),
});

function page({ account, params, query }: ApiCall, order: "record" | "joined"): Reply {
  const list = neededList(account, params.listId);
  const limit = limitParam(query, { fallback: 100, most: 250 });
  const rows = account.lists.sortedMembers(list.listId, order);
  const after = query.get("after");
  const before = after === null ? query.get("before") : null;
  const cursor = rows.findIndex(({ recordId }) => recordId === (after ?? before));
  const past =
    order === "record" && cursor === -1
      ? rows.findIndex(({ recordId }) => Number(recordId) > Number(after))
      : cursor + 1;
  const start =
    before === null ? (after === null ? 0 : past === -1 ? rows.length : past) : Math.max(0, cursor - limit);
  const results = rows.slice(start, before === null ? start + limit : Math.max(0, cursor));
  const last = results.at(-1);
  const more = last !== undefined && start + results.length < rows.length;
  return ok({
    total: rows.length,
    results: results.map(({ recordId, at }) => ({
      recordId,
      membershipTimestamp: new Date(at).toISOString(),
    })),
    ...(more ? { paging: { next: { after: last.recordId } } } : {}),
  });
}

function add({ account, params, body }: ApiCall): Reply {
  return ok(change(account, editableList(account, params.listId), parseBody(Ids, body), []));
}

function remove({ account, params, body }: ApiCall): Reply {
  return ok(change(account, editableList(account, params.listId), [], parseBody(Ids, body)));
}

function addAndRemove({ account, params, body }: ApiCall): Reply {
  const { recordIdsToAdd, recordIdsToRemove } = parseBody(Change, body);
  return ok(change(account, editableList(account, params.listId), recordIdsToAdd, recordIdsToRemove));
}

function removeAll({ account, params }: ApiCall): Reply {
  const list = editableList(account, params.listId);
  for (const { recordId } of account.lists.sortedMembers(list.listId, "record"))
    account.lists.remove(list.listId, recordId);
  return noContent;
}

function change(account: Account, { listId }: ContactList, toAdd: string[], toRemove: string[]) {
  const missing = toAdd.filter((id) => !account.contacts.live(id));
  const added = toAdd
    .flatMap((id) => account.contacts.live(id)?.id ?? [])
    .filter((id) => !account.lists.has(listId, id));
  const removed = toRemove.filter((id) => account.lists.has(listId, id));
  for (const id of added) account.lists.add(listId, id, account.now());
  for (const id of removed) account.lists.remove(listId, id);
  return { recordsIdsAdded: added, recordIdsRemoved: removed, recordIdsMissing: missing };
}

function ofRecord({ account, params }: ApiCall): Reply {
  const results = membershipsOf(account, params.recordId ?? "");
  return ok({ results, total: results.length });
}

function batchOfRecords({ account, body }: ApiCall): Reply {
  const { inputs } = parseBody(RecordBatch, body);
  const results = inputs.map(({ objectTypeId, recordId }) => ({
    objectTypeId,
    recordId,
    recordListMemberships: membershipsOf(account, recordId),
  }));
  return batchAnswer(200, results, []);
}

function membershipsOf(account: Account, recordId: string) {
  const id = account.contacts.get(recordId)?.id ?? recordId;
  return account.lists.listsOf(id).map(({ list, at }) => ({
    listId: list.listId,
    listVersion: list.listVersion,
    isPublicList: false,
    firstAddedTimestamp: new Date(at).toISOString(),
    lastAddedTimestamp: new Date(at).toISOString(),
  }));
}

function neededList(account: Account, listId: string | undefined): ContactList {
  const list = account.lists.get(listId ?? "");
  if (!list) throw notFound(`List does not exist with ID ${listId}.`);
  return list;
}

function editableList(account: Account, listId: string | undefined): ContactList {
  const list = neededList(account, listId);
  if (list.processingType === "DYNAMIC")
    throw invalid(`Manual memberships cannot be changed in the DYNAMIC list ${list.listId}.`);
  return list;
}
