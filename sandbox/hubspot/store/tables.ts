export type Write = ["p", string, string, unknown] | ["d", string, string] | ["c"];
export type Tables = Map<string, Map<string, unknown>>;

export function apply(tables: Tables, write: Write): void {
  if (write[0] === "c") for (const table of tables.values()) table.clear();
  else if (write[0] === "p") tableOf(tables, write[1]).set(write[2], write[3]);
  else tableOf(tables, write[1]).delete(write[2]);
}

// The cast holds because each table is written by one module only, with one type.
export function tableOf<T>(tables: Tables, name: string): Map<string, T> {
  const table = tables.get(name) ?? new Map<string, unknown>();
  tables.set(name, table);
  return table as Map<string, T>;
}
