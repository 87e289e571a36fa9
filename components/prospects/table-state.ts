import { shownStatuses } from "@/lib/shown-statuses";
import type { TableState } from "./use-prospects-query";

/** What the address bar asks for, for the first render on the server. */
export function tableState(params: Record<string, string | string[] | undefined>): TableState {
  const one = (name: string) => {
    const value = params[name];
    return typeof value === "string" ? value : "";
  };
  const sort = one("sort");
  return {
    q: one("q").slice(0, 200),
    sort: sort === "name" || sort === "updated" ? sort : "newest",
    list: one("list") || null,
    sync: shownStatuses.find((status) => status === one("sync")) ?? null,
    after: one("after"),
    before: one("before"),
  };
}
