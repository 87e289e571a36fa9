import { z } from "zod";

export const FaultInput = z.object({
  /** Fails the next calls whose "METHOD /path" contains `match`. */
  failNext: z
    .object({
      count: z.number().int().min(0),
      status: z.number().int().min(400).max(599),
      match: z.string().optional(),
      retryAfterSeconds: z.number().int().optional(),
    })
    .optional(),
  /** Added to every answer. */
  latencyMs: z.number().int().min(0).max(60_000).optional(),
  /** Refuses everything for a while: with a 503, or by dropping the connection. */
  down: z.object({ ms: z.number().int().min(0), mode: z.enum(["503", "drop"]).optional() }).optional(),
});
export type FaultInput = z.infer<typeof FaultInput>;

export type Fault =
  | { kind: "status"; status: number; retryAfterSeconds?: number | undefined }
  | { kind: "drop" };

/** Trouble made on purpose. It lives in memory: a restart ends it. */
export class Faults {
  private state: FaultInput = {};
  private downUntil = 0;

  set(input: FaultInput): void {
    this.state = input;
    this.downUntil = input.down ? Date.now() + input.down.ms : 0;
  }

  get(): FaultInput & { downForMs: number } {
    return { ...this.state, downForMs: Math.max(0, this.downUntil - Date.now()) };
  }

  get latencyMs(): number {
    return this.state.latencyMs ?? 0;
  }

  /** The fault that meets this call, if any; a counted one is used up. */
  take(call: string): Fault | null {
    if (Date.now() < this.downUntil)
      return this.state.down?.mode === "drop" ? { kind: "drop" } : { kind: "status", status: 503 };
    const { failNext } = this.state;
    if (!failNext || failNext.count === 0 || !call.includes(failNext.match ?? "")) return null;
    failNext.count -= 1;
    return { kind: "status", status: failNext.status, retryAfterSeconds: failNext.retryAfterSeconds };
  }
}
