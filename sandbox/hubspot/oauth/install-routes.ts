import type { ApiRoute } from "../http/api-call";
import { noContent } from "../http/reply";
import { uninstall } from "./uninstall";

export const installRoutes: ApiRoute[] = [
  {
    method: "DELETE",
    pattern: "/appinstalls/2026-03/external-install",
    scopes: [],
    handle: ({ sandbox, account }) => {
      uninstall(sandbox, account);
      return noContent;
    },
  },
];
