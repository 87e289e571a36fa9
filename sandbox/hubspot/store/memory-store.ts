import type { Store } from "./store";
import { apply, type Tables, tableOf } from "./tables";

/** The same tables without a folder behind them: gone with the process. */
export function openMemoryStore(): Store {
  const tables: Tables = new Map();
  return {
    table: (name) => tableOf(tables, name),
    put: (table, key, value) => apply(tables, ["p", table, key, value]),
    remove: (table, key) => apply(tables, ["d", table, key]),
    clear: () => apply(tables, ["c"]),
    flush: () => {},
    compact: async () => {},
    close: async () => {},
  };
}
