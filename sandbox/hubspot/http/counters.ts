/** How often each operation was called, and with what outcome. */
export class Counters {
  private readonly rows = new Map<string, { requests: number; statuses: Record<string, number> }>();

  count(operation: string, status: number): void {
    const row = this.rows.get(operation) ?? { requests: 0, statuses: {} };
    row.requests += 1;
    row.statuses[status] = (row.statuses[status] ?? 0) + 1;
    this.rows.set(operation, row);
  }

  read(): Record<string, { requests: number; statuses: Record<string, number> }> {
    return Object.fromEntries([...this.rows].sort(([a], [b]) => a.localeCompare(b)));
  }

  clear(): void {
    this.rows.clear();
  }
}
