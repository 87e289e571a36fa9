import { type ApiCall, type ApiRoute, pageParam } from "../http/api-call";
import { invalid, notFound } from "../http/api-error";
import { ok, type Reply } from "../http/reply";

const owners = ["crm.objects.owners.read"];

export const accountRoutes: ApiRoute[] = [
  { method: "GET", pattern: "/crm/owners/2026-03", scopes: owners, handle: listOwners },
  { method: "GET", pattern: "/crm/owners/2026-03/:ownerId", scopes: owners, handle: getOwner },
  { method: "GET", pattern: "/account-info/2026-03/details", scopes: ["oauth"], handle: details },
];

function listOwners({ account, query }: ApiCall): Reply {
  const limit = pageParam(query, "limit", 100);
  if (limit < 1 || limit > 500) throw invalid("limit must be between 1 and 500");
  const email = query.get("email")?.toLowerCase();
  const after = pageParam(query, "after", 0);
  const archived = query.get("archived") === "true";
  const found = account
    .owners()
    .filter(
      (owner) => owner.archived === archived && (!email || owner.email === email) && Number(owner.id) > after,
    );
  const results = found.slice(0, limit);
  const last = results.at(-1);
  return ok({ results, ...(found.length > limit && last ? { paging: { next: { after: last.id } } } : {}) });
}

function getOwner({ account, params, query }: ApiCall): Reply {
  const by = query.get("idProperty") === "userId" ? "userId" : "id";
  const owner = account.owners().find((candidate) => String(candidate[by]) === params.ownerId);
  if (!owner) throw notFound();
  return ok(owner);
}

function details({ account }: ApiCall): Reply {
  const { portalId, timeZone, currency, utcOffset, utcOffsetMilliseconds, domain } = account.info;
  return ok({
    portalId,
    accountType: "STANDARD",
    timeZone,
    companyCurrency: currency,
    additionalCurrencies: [],
    utcOffset,
    utcOffsetMilliseconds,
    uiDomain: domain,
    dataHostingLocation: "na1",
  });
}
