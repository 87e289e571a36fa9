export interface Route<Handler> {
  method: string;
  pattern: string;
  handle: Handler;
}

export type Match<R> =
  | { kind: "found"; route: R; params: Record<string, string> }
  | { kind: "wrong-method" }
  | { kind: "none" };

/** Literal segments win over `:parameters`; one trailing slash is accepted, as HubSpot does. */
export function createRouter<R extends Route<unknown>>(routes: R[]) {
  const compiled = routes
    .map((route) => ({ route, regex: toRegex(route.pattern), parameters: route.pattern.split(":").length }))
    .sort((a, b) => a.parameters - b.parameters);
  return (method: string, path: string): Match<R> => {
    let known = false;
    for (const { route, regex } of compiled) {
      const found = regex.exec(path);
      if (!found) continue;
      known = true;
      if (route.method === method) return { kind: "found", route, params: decoded(found.groups) };
    }
    return { kind: known ? "wrong-method" : "none" };
  };
}

function toRegex(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.]/g, "\\.").replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`);
}

function decoded(groups: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(groups ?? {}).map(([name, value]) => [name, decodePart(value)]));
}

function decodePart(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
