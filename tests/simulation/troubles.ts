import type { Trouble } from "./machine/network";
import type { Process } from "./machine/process";
import { count, PORTAL, tell, type World } from "./world";

type Kind = keyof typeof troubles;

const json = { "content-type": "application/json" };
const refused = (status: number, body: object, headers: Record<string, string> = {}): Trouble => ({
  kind: "refused",
  status,
  headers: { ...json, ...headers },
  body: JSON.stringify({ status: "error", correlationId: "sim", ...body }),
});
const limited = (policyName: string, message: string) =>
  refused(429, { message, errorType: "RATE_LIMIT", category: "RATE_LIMITS", policyName });

/** Everything that HubSpot, or the way to it, has been seen to do to a call. */
const troubles = {
  lostBefore: (): Trouble => ({ kind: "lost", applied: false }),
  lostAfter: (): Trouble => ({ kind: "lost", applied: true }),
  limitedFor: () => refused(429, { category: "RATE_LIMITS" }, { "retry-after": "3" }),
  limitedTenSeconds: () =>
    limited("TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit."),
  limitedDaily: () => limited("DAILY", "You have reached your daily limit."),
  internal: () => refused(500, { category: "INTERNAL_ERROR" }),
  gateway: (): Trouble => ({ kind: "refused", status: 502, headers: {}, body: "<html>Bad gateway</html>" }),
  unavailable: () => refused(503, {}),
  gatewayAfter: (): Trouble => ({ kind: "garbled", status: 504, body: "<html>Gateway timeout</html>" }),
  pageAfter: (): Trouble => ({ kind: "garbled", status: 200, body: "<html>Maintenance</html>" }),
  locked: () => refused(423, { category: "LOCKED" }),
  wholeBatchConflict: () => refused(409, { category: "CONFLICT", message: "Conflict in the batch" }),
  wholeBatchInvalid: () => refused(400, { category: "VALIDATION_ERROR", message: "Invalid batch" }),
  expired: (): null => null,
} satisfies Record<string, () => Trouble | null>;

const weights: Record<Kind, number> = {
  lostBefore: 3,
  lostAfter: 4,
  limitedFor: 2,
  limitedTenSeconds: 1.5,
  limitedDaily: 0.5,
  internal: 2,
  gateway: 1,
  unavailable: 1,
  gatewayAfter: 2,
  pageAfter: 1,
  locked: 0.5,
  wholeBatchConflict: 1,
  wholeBatchInvalid: 1,
  expired: 2,
};
const ofBatchWrites: Kind[] = ["wholeBatchConflict", "wholeBatchInvalid"];

/** Tokens expire for real: the account refuses the call, and the real refresh has to run. */
export function troublesOf(world: World): (process: Process, call: string) => Trouble | null {
  let lastExpiry = "";
  return (process, call) => {
    if (world.quiet || world.calm || !world.random.chance(world.settings.trouble.call)) return null;
    const kind = world.random.weighted(weights);
    const isBatchWrite = /batch\/(create|update)$/.test(call);
    const isToken = call.includes("/oauth/");
    if (ofBatchWrites.includes(kind) && !isBatchWrite) return null;
    if (kind === "expired") {
      // The call is made once more with a new token, and no third time.
      if (isToken || lastExpiry === call) return null;
      world.sandbox.grants.expireAccess(PORTAL);
    }
    lastExpiry = kind === "expired" ? call : "";
    world.counts.faults += 1;
    count(world.counts.faultKinds, kind);
    tell(world, "network", `${kind} for ${process.name}'s ${call}`);
    return troubles[kind]();
  };
}
