import type { Ids } from "../support/furnished-workspace";

/**
 * How every page and route keeps out whom it must; server actions are in `action-doors.ts`. Whatever is not named fails the
 * test, so that nobody adds a door and forgets its lock.
 */

/** `open` needs no session; `own` shows nothing but the visitor's own workspace; a function names what `[id]` is. */
export const pages: Record<string, "open" | "own" | ((ids: Ids) => string)> = {
  "/": "own",
  "/invite/[token]": "open",
  "/lists": "own",
  "/lists/[id]": (ids) => `/lists/${ids.list}`,
  "/no-workspace": "own",
  "/notices": "own",
  "/prospects": "own",
  "/prospects/[id]": (ids) => `/prospects/${ids.prospect}`,
  "/prospects/new": (ids) => `/prospects/new?list=${ids.list}`,
  "/prospects/trash": "own",
  "/settings/fields": "own",
  "/settings/integrations": "own",
  "/settings/integrations/[id]": (ids) => `/settings/integrations/${ids.integration}`,
  "/settings/integrations/[id]/activity": (ids) =>
    `/settings/integrations/${ids.integration}/activity?run=${ids.transfer}`,
  "/settings/integrations/[id]/comparisons": (ids) => `/settings/integrations/${ids.integration}/comparisons`,
  "/settings/integrations/[id]/conflicts": (ids) => `/settings/integrations/${ids.integration}/conflicts`,
  "/settings/integrations/[id]/conflicts/decided": (ids) =>
    `/settings/integrations/${ids.integration}/conflicts/decided`,
  "/settings/integrations/[id]/records": (ids) => `/settings/integrations/${ids.integration}/records`,
  "/settings/integrations/[id]/settings": (ids) => `/settings/integrations/${ids.integration}/settings`,
  "/settings/integrations/[id]/setup": (ids) => `/settings/integrations/${ids.integration}/setup`,
  "/settings/integrations/[id]/setup/[step]": (ids) => `/settings/integrations/${ids.integration}/setup/data`,
  "/settings/integrations/[id]/setup/conflicts": (ids) =>
    `/settings/integrations/${ids.integration}/setup/conflicts`,
  "/settings/integrations/[id]/transfers": (ids) => `/settings/integrations/${ids.integration}/transfers`,
  "/settings/integrations/[id]/transfers/[runId]": (ids) =>
    `/settings/integrations/${ids.integration}/transfers/${ids.transfer}`,
  "/settings/integrations/[id]/transfers/new": (ids) =>
    `/settings/integrations/${ids.integration}/transfers/new`,
  "/settings/members": "own",
  "/settings/notices": "own",
  "/settings/profile": "own",
  "/sign-in": "open",
  "/sign-up": "open",
};

/** `signed` asks the caller for a signature, `open` for nothing, `redirects` sends the browser on with the reason. */
export const routes: Record<string, "open" | "signed" | "redirects" | "own" | ((ids: Ids) => string)> = {
  "GET /api/auth/[...nextauth]": "open",
  "GET /api/health": "open",
  "GET /api/hubspot/callback": "redirects",
  "GET /api/hubspot/connect": "redirects",
  "GET /api/inngest": "signed",
  "GET /api/integrations/[id]/activity": (ids) => `/api/integrations/${ids.integration}/activity`,
  "GET /api/integrations/[id]/activity/csv": (ids) => `/api/integrations/${ids.integration}/activity/csv`,
  "GET /api/integrations/[id]/activity/givers": (ids) =>
    `/api/integrations/${ids.integration}/activity/givers?ids=1`,
  "GET /api/integrations/[id]/charts": (ids) => `/api/integrations/${ids.integration}/charts`,
  "GET /api/integrations/[id]/comparisons": (ids) => `/api/integrations/${ids.integration}/comparisons`,
  "GET /api/integrations/[id]/conflicts": (ids) => `/api/integrations/${ids.integration}/conflicts`,
  "GET /api/integrations/[id]/conflicts/changes": (ids) =>
    `/api/integrations/${ids.integration}/conflicts/changes?ids=${ids.conflict}`,
  "GET /api/integrations/[id]/conflicts/decided": (ids) =>
    `/api/integrations/${ids.integration}/conflicts/decided`,
  "GET /api/integrations/[id]/conflicts/[conflictId]": (ids) =>
    `/api/integrations/${ids.integration}/conflicts/${ids.conflict}`,
  "GET /api/integrations/[id]/hubspot-lists": (ids) => `/api/integrations/${ids.integration}/hubspot-lists`,
  "GET /api/integrations/[id]/overview": (ids) => `/api/integrations/${ids.integration}/overview`,
  "GET /api/integrations/[id]/records": (ids) =>
    `/api/integrations/${ids.integration}/records?status=excluded&reason=no_email`,
  "GET /api/integrations/[id]/tried": (ids) => `/api/integrations/${ids.integration}/tried`,
  "GET /api/integrations/[id]/transfers": (ids) => `/api/integrations/${ids.integration}/transfers`,
  "GET /api/integrations/[id]/transfers/[runId]": (ids) => transferPath(ids),
  "GET /api/integrations/[id]/transfers/[runId]/csv": (ids) => `${transferPath(ids)}/csv`,
  "GET /api/integrations/[id]/transfers/[runId]/items": (ids) => `${transferPath(ids)}/items`,
  "GET /api/lists/[id]/uses": (ids) => `/api/lists/${ids.list}/uses`,
  "GET /api/notices": "own",
  "GET /api/notices/[id]/open": "redirects",
  "GET /api/notices/unread": "own",
  "GET /api/prospects": (ids) => `/api/prospects?list=${ids.list}`,
  "GET /api/prospects/[id]": (ids) => `/api/prospects/${ids.prospect}`,
  "GET /api/prospects/[id]/history": (ids) => `/api/prospects/${ids.prospect}/history`,
  "GET /api/prospects/[id]/why": (ids) => `/api/prospects/${ids.prospect}/why?field=city`,
  "GET /api/transfers/ended": "own",
  "POST /api/auth/[...nextauth]": "open",
  "POST /api/hubspot/webhooks": "signed",
  "POST /api/inngest": "signed",
  "PUT /api/inngest": "signed",
};

function transferPath(ids: Ids): string {
  return `/api/integrations/${ids.integration}/transfers/${ids.transfer}`;
}
