import { z } from "zod";

/** What the Inngest SDK sends, parsed where it enters. Function configurations are in `function-config.ts`. */

export const IncomingEvent = z.object({
  id: z.string().nullish(),
  name: z.string().min(1),
  data: z.unknown().optional(),
  ts: z.number().optional(),
  user: z.unknown().optional(),
  v: z.string().nullish(),
  meta: z.record(z.string(), z.unknown()).nullish(),
});
export type IncomingEvent = z.infer<typeof IncomingEvent>;
export const IncomingEvents = z.union([IncomingEvent.transform((event) => [event]), z.array(IncomingEvent)]);

/** An event as it is stored and handed to functions. */
export type StoredEvent = {
  id: string;
  name: string;
  data: unknown;
  ts: number;
  user?: unknown;
  v?: string;
  meta?: Record<string, unknown>;
};

export const Opcode = z.object({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  opts: z.record(z.string(), z.unknown()).nullish(),
});
export type Opcode = z.infer<typeof Opcode>;
export const Opcodes = z.union([z.array(Opcode), Opcode.transform((op) => [op])]);

export const InvokeOptions = z.object({
  function_id: z.string(),
  payload: z
    .object({
      data: z.record(z.string(), z.unknown()).nullish(),
      v: z.string().nullish(),
      meta: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
  timeout: z.string().nullish(),
});

export const Checkpoint = z.object({
  run_id: z.string(),
  qi_id: z.string(),
  generation_id: z.number().int(),
  steps: z.array(Opcode),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** A memoized step as the SDK wants it back. */
export type StepResult = { data: unknown } | { error: unknown };

export type RunError = { name: string; message: string; [key: string]: unknown };

/** Errors come serialized by the SDK; anything else is given that shape. */
export function toRunError(value: unknown): RunError {
  const parsed = z.looseObject({ name: z.string(), message: z.string() }).safeParse(value);
  if (parsed.success) return parsed.data;
  const message = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return { name: "Error", message: message.slice(0, 1000) };
}
