import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import type { ShownRecordStatus } from "@/components/ui/shown-statuses";
import { fetchJson } from "@/lib/fetch-json";
import type { ProspectsView } from "@/services/prospects/read-prospects";
import { tableState } from "./table-state";

export type Sort = "newest" | "name" | "updated";
type Cursor = { key: string; id: string };
export type TableState = {
  q: string;
  sort: Sort;
  list: string | null;
  sync: ShownRecordStatus | null;
  after: string;
  before: string;
};

/** The table's state, kept in the address bar so that a reload and the back button find it again. */
export function useProspectsQuery(initial: TableState, view: ProspectsView, fixedList: string | null) {
  // Coming back to the page, the address is as it was left and what the server rendered is older.
  const params = useSearchParams();
  const [state, setState] = useState(() => {
    const asked = tableState(Object.fromEntries(params));
    return fixedList ? { ...asked, list: fixedList } : asked;
  });
  useEffect(() => {
    const search = paramsOf(fixedList ? { ...state, list: null } : state).toString();
    const address = `${window.location.pathname}${search ? `?${search}` : ""}`;
    if (address !== window.location.pathname + window.location.search) {
      window.history.replaceState(null, "", address);
    }
  }, [state, fixedList]);

  const asked = paramsOf(state).toString();
  const query = useQuery({
    queryKey: ["prospects", asked],
    queryFn: ({ signal }) => fetchJson<ProspectsView>(`/api/prospects?${asked}`, signal),
    initialData: asked === paramsOf(initial).toString() ? view : undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 4_000,
  });
  return {
    state,
    query,
    /** Any new question starts at its first page. */
    ask: (change: Partial<Pick<TableState, "q" | "sort" | "list" | "sync">>) =>
      setState((before) => ({ ...before, ...change, after: "", before: "" })),
    turn: (to: { after: Cursor } | { before: Cursor }) =>
      setState((before) => ({
        ...before,
        after: "after" in to ? textOf(to.after) : "",
        before: "before" in to ? textOf(to.before) : "",
      })),
  };
}

function textOf({ id, key }: Cursor): string {
  return `${id}~${key}`;
}

function paramsOf(state: TableState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.q) params.set("q", state.q);
  if (state.sort !== "newest") params.set("sort", state.sort);
  if (state.list) params.set("list", state.list);
  if (state.sync) params.set("sync", state.sync);
  if (state.after) params.set("after", state.after);
  if (state.before) params.set("before", state.before);
  return params;
}
