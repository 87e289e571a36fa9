import { z } from "zod";
import { type ApiCall, type ApiRoute, flagParam, listParam } from "../http/api-call";
import { ApiError, invalid, notFound } from "../http/api-error";
import { parseBody } from "../http/parse-body";
import { noContent, ok, type Reply } from "../http/reply";
import type { ContactList } from "./contact-list";
import { presentFoundList, presentList } from "./present-list";

const read = ["crm.lists.read"];
const write = ["crm.lists.write"];
const path = "/crm/lists/2026-03";

export const listRoutes: ApiRoute[] = [
  { method: "GET", pattern: path, scopes: read, handle: getMany },
  { method: "POST", pattern: path, scopes: write, handle: create },
  { method: "POST", pattern: `${path}/search`, scopes: read, handle: search },
  {
    method: "GET",
    pattern: `${path}/object-type-id/:objectTypeId/name/:name`,
    scopes: read,
    handle: getByName,
  },
  { method: "GET", pattern: `${path}/:listId`, scopes: read, handle: getOne },
  { method: "DELETE", pattern: `${path}/:listId`, scopes: write, handle: remove },
];

const SearchBody = z.object({
  query: z.string().optional(),
  objectTypeId: z.string().optional(),
  processingTypes: z.array(z.string()).optional(),
  listIds: z.array(z.string()).optional(),
  additionalProperties: z.array(z.string()).optional(),
  offset: z.number().int().min(0).optional(),
  count: z.number().int().min(0).max(500).optional(),
  sort: z.string().optional(),
});

const CreateBody = z.object({
  name: z.string().min(1),
  objectTypeId: z.literal("0-1"),
  processingType: z.enum(["MANUAL", "SNAPSHOT", "DYNAMIC"]),
});

function getMany({ account, query }: ApiCall): Reply {
  // Only dynamic lists have filters, and what they look like is not the sandbox's business.
  flagParam(query, "includeFilters");
  const lists = listParam(query, "listIds").flatMap((id) => account.lists.get(id) ?? []);
  return ok({ lists: lists.map((list) => presentList(account, list)) });
}

function getOne({ account, params, query }: ApiCall): Reply {
  flagParam(query, "includeFilters");
  const list = account.lists.get(params.listId ?? "");
  if (!list) throw notFound(`List does not exist with ID ${params.listId}.`);
  return ok({ list: presentList(account, list) });
}

function getByName({ account, params, query }: ApiCall): Reply {
  flagParam(query, "includeFilters");
  const list = account.lists.all().find(({ name }) => name === params.name);
  if (!list || params.objectTypeId !== "0-1") throw notFound(`List does not exist with name ${params.name}.`);
  return ok({ list: presentList(account, list) });
}

function search({ account, body }: ApiCall): Reply {
  const request = parseBody(SearchBody, body ?? {});
  const offset = request.offset ?? 0;
  const query = request.query?.toLowerCase();
  const found = account.lists
    .all()
    .filter(
      (list) =>
        (!query || list.name.toLowerCase().includes(query)) &&
        (!request.objectTypeId || request.objectTypeId === "0-1") &&
        (!request.processingTypes?.length || request.processingTypes.includes(list.processingType)) &&
        (!request.listIds?.length || request.listIds.includes(list.listId)),
    );
  const end = Math.min(found.length, offset + (request.count ?? 20));
  const lists = found.slice(offset, end).map((list) => presentFoundList(account, list));
  return ok({ lists, offset: end, hasMore: end < found.length, total: found.length });
}

function create({ account, body }: ApiCall): Reply {
  const { name, processingType } = parseBody(CreateBody, body);
  if (processingType === "DYNAMIC")
    throw invalid("The sandbox creates lists of type MANUAL and SNAPSHOT only");
  if (account.lists.all().some((list) => list.name === name))
    throw new ApiError(400, "VALIDATION_ERROR", `List with name '${name}' already exists.`);
  const at = account.now();
  const list: ContactList = {
    listId: account.lists.nextId(),
    name,
    processingType,
    listVersion: 1,
    createdAt: at,
    updatedAt: at,
  };
  account.lists.save(list);
  return ok({ list: presentList(account, list) });
}

function remove({ account, params }: ApiCall): Reply {
  const list = account.lists.get(params.listId ?? "");
  if (!list) throw notFound(`List does not exist with ID ${params.listId}.`);
  account.lists.save({ ...list, deletedAt: account.now() });
  return noContent;
}
