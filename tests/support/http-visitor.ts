/** Somebody with a cookie jar and no browser, who follows no redirect by itself. */
export type Visitor = ReturnType<typeof newVisitor>;

export function newVisitor(appUrl: string) {
  const jar = new Map<string, string>();
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(new URL(path, appUrl), { redirect: "manual", ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name, value);
    }
    return response;
  };

  /** As the form does. Gives the failure that the page would put into words, or null. */
  async function signIn(person: { email: string; password: string }): Promise<unknown> {
    const { csrfToken } = await (await request("/api/auth/csrf")).json();
    const body = new URLSearchParams({ ...person, csrfToken, json: "true" });
    const response = await request("/api/auth/callback/credentials", { method: "POST", body });
    const { url } = await response.json();
    const error = new URL(url).searchParams.get("error");
    return error ? JSON.parse(error) : null;
  }

  return {
    request,
    signIn,
    setCookie: (name: string, value: string) => void jar.set(name, value),
    has: (name: string) => Boolean(jar.get(name)),
  };
}

export async function signedInVisitor(
  appUrl: string,
  person: { email: string; password: string },
): Promise<Visitor> {
  const visitor = newVisitor(appUrl);
  const failure = await visitor.signIn(person);
  if (failure) throw new Error(`signing in failed: ${JSON.stringify(failure)}`);
  return visitor;
}
