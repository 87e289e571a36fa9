import { z } from "zod";
import { chanceOf } from "./chance";

const share = z.number().min(0).max(1).optional();
/** The words that HubSpot has for what is wrong; each comes with its own status. */
const Category = z.enum([
  "VALIDATION_ERROR",
  "INVALID_AUTHENTICATION",
  "EXPIRED_AUTHENTICATION",
  "MISSING_SCOPES",
  "OBJECT_NOT_FOUND",
  "CONFLICT",
  "RATE_LIMITS",
  "INTERNAL_ERROR",
]);
export type FaultCategory = z.infer<typeof Category>;
/** Which limit a 429 names. */
const PolicyName = z.enum(["TEN_SECONDLY_ROLLING", "SECONDLY", "DAILY"]);
export type Policy = z.infer<typeof PolicyName>;
const ms = z.number().int().min(0).max(3_600_000);

export const FaultInput = z.strictObject({
  /** Fails the next calls whose "METHOD /path" contains `match`. */
  failNext: z
    .strictObject({
      count: z.number().int().min(0),
      status: z.number().int().min(400).max(599).optional(),
      category: Category.optional(),
      policyName: PolicyName.optional(),
      match: z.string().optional(),
      retryAfterSeconds: z.number().int().optional(),
      /**
       * Before anything is done, or after: the worst case is a write that was done and never answered. In part: the
       * answer to a batch has a fault in the place of its last result.
       */
      how: z.enum(["refuse", "drop", "apply-then-drop", "apply-then-refuse", "in-part"]).optional(),
    })
    .optional(),
  /** Each call meets one of these with that chance; the same seed gives the same luck. */
  shares: z
    .strictObject({
      tooManyRequests: share,
      serverError: share,
      drop: share,
      applyThenDrop: share,
      match: z.string().optional(),
      policyName: PolicyName.optional(),
      retryAfterSeconds: z.number().int().optional(),
      seed: z.number().int().optional(),
    })
    .optional(),
  /** Added to every answer. */
  latencyMs: z.number().int().min(0).max(60_000).optional(),
  /** Refuses everything for a while: with a 503, or by dropping the connection. */
  down: z.strictObject({ ms: z.number().int().min(0), mode: z.enum(["503", "drop"]).optional() }).optional(),
  /** The app's secret is taken for a wrong one, as after somebody changed it in HubSpot. */
  wrongClientSecret: z.boolean().optional(),
  /** What becomes of pushed webhooks on their way. */
  webhooks: z
    .strictObject({
      lose: share,
      double: share,
      /** Later by so much, with that chance: later ones overtake them. */
      late: share,
      lateMs: ms.optional(),
      /** Mixes what travels together. */
      shuffle: z.boolean().optional(),
      seed: z.number().int().optional(),
    })
    .optional(),
});
export type FaultInput = z.infer<typeof FaultInput>;

/** Without a status, the one of its category or policy; 503 without those. */
export interface Refusal {
  status?: number | undefined;
  category?: FaultCategory | undefined;
  policyName?: Policy | undefined;
  retryAfterSeconds?: number | undefined;
}

export type Fault =
  | ({ kind: "status"; applied: boolean } & Refusal)
  | { kind: "drop"; applied: boolean }
  | { kind: "in-part"; applied: true };

export interface Journey {
  /** How often the event is sent: not at all, once, or twice. */
  times: 0 | 1 | 2;
  lateMs: number;
}

/** Trouble made on purpose. It lives in memory: a restart ends it. */
export class Faults {
  private state: FaultInput = {};
  private downUntil = 0;
  private callLuck = chanceOf(1);
  private webhookLuck = chanceOf(1);

  set(input: FaultInput): void {
    this.state = input;
    this.downUntil = input.down ? Date.now() + input.down.ms : 0;
    this.callLuck = chanceOf(input.shares?.seed ?? 1);
    this.webhookLuck = chanceOf(input.webhooks?.seed ?? 1);
  }

  get(): FaultInput & { downForMs: number } {
    return { ...this.state, downForMs: Math.max(0, this.downUntil - Date.now()) };
  }

  get latencyMs(): number {
    return this.state.latencyMs ?? 0;
  }

  get wrongClientSecret(): boolean {
    return this.state.wrongClientSecret ?? false;
  }

  get shufflesWebhooks(): boolean {
    return this.state.webhooks?.shuffle ?? false;
  }

  /** The fault that meets this call, if any; a counted one is used up. */
  take(call: string): Fault | null {
    if (Date.now() < this.downUntil)
      return this.state.down?.mode === "drop"
        ? { kind: "drop", applied: false }
        : { kind: "status", status: 503, applied: false };
    return this.takeCounted(call) ?? this.takeByChance(call);
  }

  journey(): Journey {
    const { webhooks } = this.state;
    if (!webhooks) return { times: 1, lateMs: 0 };
    const [lost, doubled, late] = [webhooks.lose, webhooks.double, webhooks.late].map((chance) =>
      this.webhookLuck(chance ?? 0),
    );
    return { times: lost ? 0 : doubled ? 2 : 1, lateMs: late ? (webhooks.lateMs ?? 30_000) : 0 };
  }

  mixed<T>(items: T[]): T[] {
    const rest = [...items];
    const result: T[] = [];
    while (rest.length > 0) {
      let at = 0;
      while (at < rest.length - 1 && this.webhookLuck(0.5)) at += 1;
      result.push(...rest.splice(at, 1));
    }
    return result;
  }

  private takeCounted(call: string): Fault | null {
    const { failNext } = this.state;
    if (!failNext || failNext.count === 0 || !call.includes(failNext.match ?? "")) return null;
    failNext.count -= 1;
    const { how = "refuse", status, category, policyName, retryAfterSeconds } = failNext;
    if (how === "in-part") return { kind: "in-part", applied: true };
    const applied = how.startsWith("apply");
    return how.endsWith("drop")
      ? { kind: "drop", applied }
      : { kind: "status", applied, status, category, policyName, retryAfterSeconds };
  }

  private takeByChance(call: string): Fault | null {
    const { shares } = this.state;
    if (!shares || !call.includes(shares.match ?? "")) return null;
    const { policyName, retryAfterSeconds } = shares;
    if (this.callLuck(shares.tooManyRequests ?? 0))
      return { kind: "status", status: 429, applied: false, policyName, retryAfterSeconds };
    if (this.callLuck(shares.serverError ?? 0))
      return { kind: "status", status: this.callLuck(0.5) ? 502 : 503, applied: false };
    if (this.callLuck(shares.drop ?? 0)) return { kind: "drop", applied: false };
    if (this.callLuck(shares.applyThenDrop ?? 0)) return { kind: "drop", applied: true };
    return null;
  }
}
