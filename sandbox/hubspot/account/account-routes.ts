import { type ApiCall, type ApiRoute, choiceParam, flagParam, limitParam, pageParam } from "../http/api-call";
import { notFound } from "../http/api-error";
import { ok, type Reply } from "../http/reply";

const owners = ["crm.objects.owners.read"];

export const accountRoutes: ApiRoute[] = [
  { method: "GET", pattern: "/crm/owners/2026-03", scopes: owners, handle: listOwners },
  { method: "GET", pattern: "/crm/owners/2026-03/:ownerId", scopes: owners, handle: getOwner },
  { method: "GET", pattern: "/account-info/2026-03/details", scopes: ["oauth"], handle: details },
];

function listOwners({ account, query }: ApiCall): Reply {
  const limit = limitParam(query, { fallback: 100, most: 500 });
  const email = query.get("email")?.toLowerCase();
  const after = pageParam(query, "after", 0);
  const archived = flagParam(query, "archived");
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
  flagParam(query, "archived");
  const by = choiceParam(query, "idProperty", ["id", "userId"]);
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
