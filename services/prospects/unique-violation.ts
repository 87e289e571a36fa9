/** True when `error`, or what caused it, is Postgres refusing a second row in that unique index. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { code, constraint_name } = current as Error & { code?: string; constraint_name?: string };
    if (code === "23505" && constraint_name === index) return true;
  }
  return false;
}
