import type { ApiRoute } from "../http/api-call";
import { noContent } from "../http/reply";

export const installRoutes: ApiRoute[] = [
  {
    method: "DELETE",
    pattern: "/appinstalls/2026-03/external-install",
    scopes: [],
    handle: ({ sandbox, account }) => {
      sandbox.grants.uninstall(account.portalId);
      sandbox.outbox.forget(account.portalId);
      return noContent;
    },
  },
];
