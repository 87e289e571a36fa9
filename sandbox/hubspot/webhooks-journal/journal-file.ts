import { createHmac, timingSafeEqual } from "node:crypto";
import type { AppCall, AppRoute } from "../http/app-call";
import { ok, type Reply } from "../http/reply";
import type { JournalFile } from "./event-log";

const VALID_MS = 3_600_000;

/** The file itself lies at an address that needs no token and stops working, as a signed one of a file store. */
export const journalFileRoutes: AppRoute[] = [
  { method: "GET", pattern: "/journal-files/:offset", scopes: null, handle: download },
];

export function signedFileUrl({ sandbox, host }: AppCall, { offset }: JournalFile, portalId?: number) {
  const expires = sandbox.now() + VALID_MS;
  const query = new URLSearchParams({ expires: String(expires) });
  if (portalId !== undefined) query.set("account", String(portalId));
  query.set("signature", sign(sandbox.options.clientSecret, offset, query));
  return {
    url: `http://${host}/journal-files/${offset}?${query}`,
    expiresAt: new Date(expires).toISOString(),
  };
}

function download({ sandbox, params, query }: AppCall): Reply {
  const offset = params.offset ?? "";
  const given = query.get("signature") ?? "";
  const signed = new URLSearchParams(query);
  signed.delete("signature");
  if (!same(given, sign(sandbox.options.clientSecret, offset, signed)))
    return fault(403, "SignatureDoesNotMatch", "The signature does not match");
  if (Number(query.get("expires")) <= sandbox.now()) return fault(403, "AccessDenied", "Request has expired");
  const file = sandbox.journal.log.file(offset);
  if (!file) return fault(404, "NoSuchKey", "The specified key does not exist.");
  const account = query.get("account");
  return ok({
    offset: file.offset,
    publishedAt: new Date(file.publishedAt).toISOString(),
    journalEvents: sandbox.journal.log.eventsOf(file, account === null ? undefined : Number(account)),
  });
}

function sign(secret: string, offset: string, query: URLSearchParams): string {
  return createHmac("sha256", secret).update(`${offset}?${query}`).digest("hex");
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

// A file store answers in XML.
function fault(status: number, code: string, message: string): Reply {
  const content = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, text: { type: "application/xml", content } };
}
