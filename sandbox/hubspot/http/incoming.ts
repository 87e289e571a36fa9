import type { IncomingHttpHeaders } from "node:http";

/** What the sandbox needs of a request; it may come from a socket or from this process. */
export interface Incoming extends AsyncIterable<Uint8Array> {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingHttpHeaders;
}
