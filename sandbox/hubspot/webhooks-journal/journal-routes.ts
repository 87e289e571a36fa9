import { z } from "zod";
import { batchAnswer } from "../contacts/batch-answer";
import { invalid, notFound } from "../http/api-error";
import type { AppCall, AppRoute } from "../http/app-call";
import { parseBody } from "../http/parse-body";
import { noContent, ok, type Reply } from "../http/reply";
import type { JournalFile } from "./event-log";
import { signedFileUrl } from "./journal-file";

const scopes = ["developer.webhooks_journal.read"];
const limit = { name: "journal", perSecond: 100 };
const MOST_FILES = 100;

/** The global journal, and the local one of an account: the same files, of which the local one shows the account's events. */
export const journalRoutes: AppRoute[] = ["journal", "journal-local"].flatMap((variant) => {
  const path = `/webhooks-journal/${variant}/2026-03`;
  const get = (pattern: string, handle: AppRoute["handle"]): AppRoute => ({
    method: "GET",
    pattern: `${path}/${pattern}`,
    scopes,
    limit,
    handle,
  });
  return [
    get("earliest", (call) => one(call, files(call)[0])),
    get("latest", (call) => one(call, files(call).at(-1))),
    get("offset/:offset/next", (call) => one(call, after(call)[0])),
    get("batch/earliest/:count", (call) => many(call, files(call).slice(0, count(call)))),
    get("batch/latest/:count", (call) => many(call, files(call).slice(-count(call)))),
    get("batch/:offset/next/:count", (call) => many(call, after(call).slice(0, count(call)))),
    { method: "POST", pattern: `${path}/batch/read`, scopes, limit, handle: readMany },
  ];
});

function files(call: AppCall): JournalFile[] {
  return call.sandbox.journal.log.published(portalOf(call));
}

/** HubSpot forgets an offset with the file it stands for: whoever was away for longer has to begin anew. */
function after(call: AppCall): JournalFile[] {
  const offset = call.params.offset ?? "";
  if (!z.uuid().safeParse(offset).success) throw invalid(`The offset ${offset} is not a UUID`);
  const last = call.sandbox.journal.log.file(offset)?.last;
  if (last === undefined) throw notFound(`The offset ${offset} does not exist or has expired`);
  return files(call).filter(({ first }) => first > last);
}

function one(call: AppCall, file: JournalFile | undefined): Reply {
  return file === undefined ? noContent : ok(present(call, file));
}

function many(call: AppCall, found: JournalFile[]): Reply {
  return batchAnswer(
    200,
    found.map((file) => present(call, file)),
    [],
  );
}

function readMany(call: AppCall): Reply {
  const { inputs } = parseBody(z.object({ inputs: z.array(z.string()).max(MOST_FILES) }), call.body);
  const known = new Map(files(call).map((file) => [file.offset, file]));
  const found = inputs.flatMap((offset) => known.get(offset) ?? []);
  const missing = inputs.filter((offset) => !known.has(offset));
  return batchAnswer(
    200,
    found.map((file) => present(call, file)),
    missing.map((offset) =>
      notFound(`The offset ${offset} does not exist or has expired`).batchItem({ offsets: [offset] }),
    ),
  );
}

function present(call: AppCall, file: JournalFile) {
  return { currentOffset: file.offset, ...signedFileUrl(call, file, portalOf(call)) };
}

function count({ params }: AppCall): number {
  const wanted = Number(params.count);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST_FILES)
    throw invalid(`count must be between 1 and ${MOST_FILES}`);
  return wanted;
}

function portalOf({ query }: AppCall): number | undefined {
  const id = query.get("installPortalId");
  if (id === null) return undefined;
  if (!/^\d+$/.test(id)) throw invalid(`installPortalId must be a number`);
  return Number(id);
}
