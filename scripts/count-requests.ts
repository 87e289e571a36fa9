import type { clientOf } from "@/tests/sandbox/test-sandbox";

/** How many calls the sandbox has answered, since its counters began, of operations whose path holds this. */
export async function countRequests(
  sandbox: Pick<ReturnType<typeof clientOf>, "control">,
  path: string,
): Promise<number> {
  type State = { requests: Record<string, { requests: number }> };
  const { body } = await sandbox.control<State>("GET", "/state");
  return Object.entries(body.requests)
    .filter(([operation]) => operation.includes(path))
    .reduce((sum, [, { requests }]) => sum + requests, 0);
}
