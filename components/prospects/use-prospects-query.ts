import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useAddressState } from "@/components/ui/use-address-state";
import { fetchJson } from "@/lib/fetch-json";
import type { ShownRecordStatus } from "@/lib/shown-statuses";
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
  const [state, setState] = useAddressState(
    (params) => (fixedList ? { ...tableState(params), list: fixedList } : tableState(params)),
    (now) => paramsOf(fixedList ? { ...now, list: null } : now),
  );

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
