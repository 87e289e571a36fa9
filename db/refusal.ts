/** What Postgres refused: its code (SQLSTATE), and the constraint where it was one. */
type Refusal = { code: string; constraint: string | undefined };

/** Postgres' refusal that `error` is, or was caused by; undefined where it is of another kind. */
function refusalOf(error: unknown): Refusal | undefined {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (!("severity" in current) || !("code" in current)) continue;
    const constraint = "constraint_name" in current ? String(current.constraint_name) : undefined;
    return { code: String(current.code), constraint };
  }
  return undefined;
}

/** Two transactions waited for each other, and this one was ended. */
export function isDeadlock(error: unknown): boolean {
  return refusalOf(error)?.code === "40P01";
}

/** A second row was refused in that unique index. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  const refusal = refusalOf(error);
  return refusal?.code === "23505" && refusal.constraint === index;
}
