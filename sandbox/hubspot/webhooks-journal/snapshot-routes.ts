import { randomUUID } from "node:crypto";
import { z } from "zod";
import { readProperty } from "../contacts/contact";
import { notFound } from "../http/api-error";
import type { AppCall, AppRoute } from "../http/app-call";
import { parseBody } from "../http/parse-body";
import { ok, type Reply } from "../http/reply";
import type { Sandbox } from "../sandbox";
import { CONTACT_TYPE } from "./journal-event";

const read = ["developer.webhooks_journal.snapshots.read"];
const write = ["developer.webhooks_journal.snapshots.write"];
const limit = { name: "journal-snapshots", perSecond: 10 };

export const snapshotRoutes: AppRoute[] = [
  { method: "POST", pattern: "/webhooks-journal/snapshots/2026-03/crm", scopes: write, limit, handle: take },
  ...["journal", "journal-local"].map(
    (variant): AppRoute => ({
      method: "GET",
      pattern: `/webhooks-journal/${variant}/2026-03/status/:statusId`,
      scopes: read,
      limit,
      handle: status,
    }),
  ),
];

const SnapshotBody = z.object({
  snapshotRequests: z
    .array(
      z.object({
        portalId: z.number().int(),
        objectId: z.number().int(),
        objectTypeId: z.string(),
        properties: z.array(z.string()),
      }),
    )
    .max(100),
});
type Request = z.infer<typeof SnapshotBody>["snapshotRequests"][number];

interface SnapshotStatus {
  id: string;
  initiatedAt: number;
  completedAt: number;
  status: "SUCCESS" | "FAILED";
  errorCode?: "VALIDATION_ERROR" | "PERMISSION_DENIED";
  message?: string;
}

/** Each record's values go into the journal as they are now. */
function take({ sandbox, body }: AppCall): Reply {
  const { snapshotRequests } = parseBody(SnapshotBody, body);
  const snapshotResponses = snapshotRequests.map((request) => {
    const id = randomUUID();
    const at = sandbox.now();
    const row: SnapshotStatus = { id, initiatedAt: at, completedAt: at, ...taken(sandbox, request) };
    sandbox.store.put("snapshot", id, row);
    const { portalId, objectId, objectTypeId } = request;
    return { portalId, objectId, objectTypeId, snapshotStatusId: id };
  });
  return ok({ snapshotResponses });
}

function status({ sandbox, params }: AppCall): Reply {
  const row = sandbox.store.table<SnapshotStatus>("snapshot").get(params.statusId ?? "");
  if (!row) throw notFound(`There is no snapshot ${params.statusId}`);
  return ok(row);
}

function taken(
  sandbox: Sandbox,
  { portalId, objectId, objectTypeId, properties }: Request,
): Pick<SnapshotStatus, "status" | "errorCode" | "message"> {
  const failed = (errorCode: SnapshotStatus["errorCode"], message: string) =>
    ({ status: "FAILED", ...(errorCode ? { errorCode } : {}), message }) as const;
  if (!sandbox.grants.installed(portalId)) return failed("PERMISSION_DENIED", "The app is not installed");
  const contact = sandbox.accounts.get(portalId)?.contacts.live(String(objectId));
  if (objectTypeId !== CONTACT_TYPE || !contact)
    return failed("VALIDATION_ERROR", "The object does not exist");
  const values = properties.map((name) => [name, readProperty(contact, name) ?? ""]);
  sandbox.journal.snapshot(portalId, Number(contact.id), Object.fromEntries(values));
  return { status: "SUCCESS" };
}
