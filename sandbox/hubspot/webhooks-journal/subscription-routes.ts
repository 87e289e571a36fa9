import { z } from "zod";
import { notFound } from "../http/api-error";
import type { AppCall, AppRoute } from "../http/app-call";
import { requireScopes } from "../http/authenticate";
import { parseBody } from "../http/parse-body";
import { noContent, ok, type Reply } from "../http/reply";
import { Condition, type Subscription, SubscriptionBody, type SubscriptionFilter } from "./subscription";

const read = ["developer.webhooks_journal.subscriptions.read"];
const write = ["developer.webhooks_journal.subscriptions.write"];
/** Beside the journal's own: the app's token needs them, and so does the account's consent. */
const ofObjects = ["crm.objects.contacts.read"];
const path = "/webhooks-journal/subscriptions/2026-03";
const limit = { name: "journal-subscriptions", perSecond: 50 };

export const subscriptionRoutes: AppRoute[] = [
  { method: "GET", pattern: path, scopes: read, limit, handle: list },
  { method: "POST", pattern: path, scopes: write, limit, handle: upsert },
  { method: "POST", pattern: `${path}/filters`, scopes: write, limit, handle: addFilter },
  {
    method: "GET",
    pattern: `${path}/filters/subscription/:subscriptionId`,
    scopes: read,
    limit,
    handle: filtersOf,
  },
  { method: "GET", pattern: `${path}/filters/:filterId`, scopes: read, limit, handle: getFilter },
  { method: "DELETE", pattern: `${path}/filters/:filterId`, scopes: write, limit, handle: removeFilter },
  { method: "DELETE", pattern: `${path}/portals/:portalId`, scopes: write, limit, handle: removeAll },
  { method: "GET", pattern: `${path}/:subscriptionId`, scopes: read, limit, handle: getOne },
  { method: "DELETE", pattern: `${path}/:subscriptionId`, scopes: write, limit, handle: remove },
];

const FilterBody = z.object({
  subscriptionId: z.number().int(),
  filter: z.object({ conditions: z.array(Condition).min(1) }),
});

function list({ sandbox }: AppCall): Reply {
  return ok({ results: sandbox.journal.subscriptions.all() });
}

function upsert({ sandbox, scopes, body }: AppCall): Reply {
  const wanted = parseBody(SubscriptionBody, body);
  if ("portalId" in wanted) {
    requireScopes(ofObjects, scopes);
    requireScopes(ofObjects, sandbox.grants.installed(wanted.portalId)?.scopes ?? []);
  }
  const { journalReplaces: replaces } = sandbox.settings.get();
  return ok(sandbox.journal.subscriptions.upsert(wanted, sandbox.now(), { replaces }));
}

function getOne(call: AppCall): Reply {
  return ok(needed(call, call.params.subscriptionId));
}

function remove(call: AppCall): Reply {
  call.sandbox.journal.subscriptions.remove(needed(call, call.params.subscriptionId).id);
  return noContent;
}

function removeAll({ sandbox, params }: AppCall): Reply {
  const removed = sandbox.journal.subscriptions.removeAll(Number(params.portalId));
  if (removed === 0) throw notFound(`There is no subscription for the account ${params.portalId}`);
  return noContent;
}

function addFilter(call: AppCall): Reply {
  const { subscriptionId, filter } = parseBody(FilterBody, call.body);
  const { id } = needed(call, String(subscriptionId));
  const saved = call.sandbox.journal.subscriptions.addFilter(id, filter, call.sandbox.now());
  return ok({ filterId: saved.id });
}

function filtersOf(call: AppCall): Reply {
  const { id } = needed(call, call.params.subscriptionId);
  return ok(call.sandbox.journal.subscriptions.filtersOf(id).map(presentFilter));
}

function getFilter(call: AppCall): Reply {
  return ok(presentFilter(neededFilter(call)));
}

function removeFilter(call: AppCall): Reply {
  call.sandbox.journal.subscriptions.removeFilter(neededFilter(call).id);
  return noContent;
}

function presentFilter({ id, createdAt, filter }: SubscriptionFilter) {
  return { id, createdAt, filter };
}

function needed({ sandbox }: AppCall, id: string | undefined): Subscription {
  const found = sandbox.journal.subscriptions.get(id ?? "");
  if (!found) throw notFound(`There is no subscription ${id}`);
  return found;
}

function neededFilter({ sandbox, params }: AppCall): SubscriptionFilter {
  const found = sandbox.journal.subscriptions.filter(params.filterId ?? "");
  if (!found) throw notFound(`There is no filter ${params.filterId}`);
  return found;
}
