/** The date version of HubSpot's API that everything here speaks. */
export const API_VERSION = "2026-03";

/** The SDK writes the paths of v3; this gives the same call its path in our version. */
export function versionedUrl(sdkUrl: string): string {
  const url = new URL(sdkUrl);
  const versioned = url.pathname.replace(
    /\/crm\/v3\/(objects|properties|lists|owners)(?=\/|$)/,
    `/crm/$1/${API_VERSION}`,
  );
  if (versioned === url.pathname) throw new Error(`No path of version ${API_VERSION} is known for this call`);
  // The SDK ends the path of owners with a slash, which the date version does not have.
  url.pathname = versioned.replace(/\/$/, "");
  return url.href;
}
