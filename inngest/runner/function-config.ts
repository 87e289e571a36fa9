import { z } from "zod";
import { checkExpression } from "./cel";
import { checkCron } from "./cron-slot";
import { parseDuration } from "./duration";

const Limit = z.strictObject({
  limit: z.number().int().positive(),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).optional(),
});

type Limit = z.infer<typeof Limit>;
const BareLimit = z
  .number()
  .int()
  .positive()
  .transform((limit): Limit[] => [{ limit }]);

const Config = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  triggers: z.array(
    z.union([
      z.strictObject({ event: z.string(), expression: z.string().optional() }),
      z.object({ cron: z.string() }),
    ]),
  ),
  steps: z.object({
    step: z.object({
      runtime: z.object({ type: z.string() }),
      retries: z.object({ attempts: z.number().int().optional() }).optional(),
    }),
  }),
  idempotency: z.string().optional(),
  singleton: z.strictObject({ key: z.string().optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .optional(),
  debounce: z
    .strictObject({ key: z.string().optional(), period: z.string(), timeout: z.string().optional() })
    .optional(),
  concurrency: z.union([BareLimit, Limit.transform((limit) => [limit]), z.array(Limit)]).optional(),
});
type Config = z.infer<typeof Config>;

export type RunnerFunction = {
  id: string;
  eventTriggers: { event: string; expression?: string }[];
  crons: string[];
  maxAttempts: number;
  concurrency: Limit[];
  cancelOn: { event: string; if?: string; timeout?: string }[];
  debounce?: { key?: string; period: string; timeout?: string };
  idempotency?: string;
  singleton?: { key?: string; mode: "skip" | "cancel" };
};

const DEFAULT_RETRIES = 3;
const SUPPORTED = new Set(Object.keys(Config.shape));

/** Thrown when a function asks for something this runner does not do. Its message is for the operator. */
export class UnsupportedFunctionError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `The embedded runner cannot run these Inngest functions:\n${problems.map((problem) => `  - ${problem}`).join("\n")}\nRemove the feature, or use Inngest Cloud or a self-hosted Inngest server.`,
    );
    this.name = "UnsupportedFunctionError";
  }
}

/** Parses what the SDK declares; every refused feature of every function is named at once. */
export function parseFunctions(raw: unknown): RunnerFunction[] {
  const configs = z.array(z.looseObject({ id: z.string() })).parse(raw);
  const problems: string[] = [];
  const functions = configs.flatMap((entry) => {
    const missing = unsupportedFeatures(entry);
    const parsed = Config.safeParse(entry);
    if (missing.length === 0 && parsed.success) {
      const broken = brokenParts(parsed.data);
      problems.push(...broken.map((part) => `${entry.id}: ${part}`));
      return broken.length === 0 ? [toRunnerFunction(parsed.data)] : [];
    }
    problems.push(...missing.map((feature) => `${entry.id}: ${feature} is not supported`));
    if (missing.length === 0 && parsed.error) problems.push(`${entry.id}: ${z.prettifyError(parsed.error)}`);
    return [];
  });
  if (problems.length > 0) throw new UnsupportedFunctionError(problems);
  return functions;
}

function unsupportedFeatures(entry: Record<string, unknown>): string[] {
  const features = Object.keys(entry).filter((key) => !SUPPORTED.has(key) && entry[key] != null);
  const triggers = z.array(z.record(z.string(), z.unknown())).catch([]).parse(entry.triggers);
  if (triggers.some((trigger) => trigger.jitter != null)) features.push("cron jitter");
  const steps = z
    .object({ step: z.object({ runtime: z.object({ type: z.string() }) }) })
    .safeParse(entry.steps);
  if (steps.success && steps.data.step.runtime.type !== "http") features.push("connect (websocket runtime)");
  return features;
}

function brokenParts(config: Config): string[] {
  const expressions = [
    ...config.triggers.map((trigger) => ("event" in trigger ? trigger.expression : undefined)),
    ...(config.concurrency ?? []).map((limit) => limit.key),
    ...(config.cancel ?? []).map((cancel) => cancel.if),
    config.debounce?.key,
    config.singleton?.key,
    config.idempotency,
  ];
  const durations = [
    config.debounce?.period,
    config.debounce?.timeout,
    ...(config.cancel ?? []).map((cancel) => cancel.timeout),
  ];
  const crons = config.triggers.flatMap((trigger) => ("cron" in trigger ? [trigger.cron] : []));
  return [
    ...crons.flatMap((cron) => checkCron(cron) ?? []),
    ...expressions.flatMap((expression) =>
      expression === undefined ? [] : (checkExpression(expression) ?? []),
    ),
    ...durations.flatMap((duration) =>
      duration === undefined || parseDuration(duration) !== null ? [] : `"${duration}" is not a duration`,
    ),
  ];
}

function toRunnerFunction(config: Config): RunnerFunction {
  return {
    id: config.id,
    eventTriggers: config.triggers.flatMap((trigger) => ("event" in trigger ? [trigger] : [])),
    crons: config.triggers.flatMap((trigger) => ("cron" in trigger ? [trigger.cron] : [])),
    maxAttempts: (config.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    concurrency: config.concurrency ?? [],
    cancelOn: config.cancel ?? [],
    debounce: config.debounce,
    idempotency: config.idempotency,
    singleton: config.singleton,
  };
}
