import type { ApiCall } from "../http/api-call";
import { requireScopes } from "../http/authenticate";
import { scopeFor } from "../properties/property";

/** Refuses the write of an app that has not been granted a sensitive property that it names. */
export function requireSensitive({ account, scopes }: ApiCall, names: string[]): void {
  const needed = names.flatMap((name) => {
    const property = account.properties.get(name);
    return (property && scopeFor(property, "write")) ?? [];
  });
  requireScopes(needed, scopes);
}
