import { parse } from "@marcbachmann/cel-js";

type Scope = { event: unknown; async?: unknown };
type Compiled = (scope: Scope) => unknown;

const compiled = new Map<string, Compiled>();

/** Why an expression cannot be used, or null. */
export function checkExpression(expression: string): string | null {
  try {
    compile(expression);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return `expression "${expression}" does not parse: ${reason}`;
  }
}

/** Conditions over missing fields are false, as in Inngest. No condition is true. */
export function matches(expression: string | undefined, scope: Scope): boolean {
  if (expression === undefined) return true;
  try {
    return compile(expression)(scope) === true;
  } catch {
    return false;
  }
}

/** The value of a key expression as text; events that lack the field share the key "null". */
export function keyOf(expression: string | undefined, scope: Scope): string {
  if (expression === undefined) return "";
  try {
    return JSON.stringify(compile(expression)(scope) ?? null, (_, value: unknown) =>
      typeof value === "bigint" ? Number(value) : value,
    );
  } catch {
    return "null";
  }
}

function compile(expression: string): Compiled {
  const known = compiled.get(expression);
  if (known) return known;
  const evaluate = parse(expression) as Compiled;
  compiled.set(expression, evaluate);
  return evaluate;
}
