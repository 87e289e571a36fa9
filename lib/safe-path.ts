/** A path of our own to go to after signing in; anything that could leave the app becomes the home page. */
export function safePath(path: unknown): string {
  if (typeof path !== "string" || !path.startsWith("/")) return "/";
  const base = "http://app.invalid";
  const url = URL.canParse(path, base) ? new URL(path, base) : null;
  return url?.origin === base && !path.startsWith("//") ? url.pathname + url.search : "/";
}
