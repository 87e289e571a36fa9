/** Results that were looked at in this tab: nobody needs a notice of them. */
const keyOf = (runId: string) => `transfer-seen:${runId}`;

export function markResultSeen(runId: string): void {
  sessionStorage.setItem(keyOf(runId), "yes");
}

export function isResultSeen(runId: string): boolean {
  return sessionStorage.getItem(keyOf(runId)) !== null;
}
