import type { RunnerFunction } from "./function-config";

/** The functions that the app declared last; unknown until the first sync. */
export type FunctionRegistry = {
  known: () => boolean;
  replace: (functions: RunnerFunction[]) => void;
  get: (id: string) => RunnerFunction | undefined;
  all: () => RunnerFunction[];
  triggeredBy: (eventName: string) => { fn: RunnerFunction; expression?: string }[];
  cancelledBy: (eventName: string) => { fn: RunnerFunction; if?: string; timeout?: string }[];
};

export function createFunctionRegistry(): FunctionRegistry {
  let functions: Map<string, RunnerFunction> | null = null;
  const all = () => [...(functions?.values() ?? [])];
  return {
    known: () => functions !== null,
    replace: (next) => {
      functions = new Map(next.map((fn) => [fn.id, fn]));
    },
    get: (id) => functions?.get(id),
    all,
    triggeredBy: (eventName) =>
      all().flatMap((fn) =>
        fn.eventTriggers
          .filter((trigger) => isNamed(trigger.event, eventName))
          .map((trigger) => ({ fn, expression: trigger.expression })),
      ),
    cancelledBy: (eventName) =>
      all().flatMap((fn) =>
        fn.cancelOn
          .filter((cancel) => isNamed(cancel.event, eventName))
          .map((cancel) => ({ fn, if: cancel.if, timeout: cancel.timeout })),
      ),
  };
}

function isNamed(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
