import "server-only";
import { env } from "@/lib/env";

/** To a place of ours or of HubSpot; never cached, and no address with a code in it travels on as referrer. */
export function seeOther(location: string): Response {
  return new Response(null, {
    status: 303,
    headers: {
      location: new URL(location, env().APP_URL).href,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    },
  });
}
