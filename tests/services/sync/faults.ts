import { vi } from "vitest";
import type en from "@/messages/en.json";

type Fault = { status: number; body: object | string };
type Told = { reason: keyof typeof en.recordReason; detail: Record<string, string> };
type Row = Fault & {
  /** What a person reads; null where the record waits. */
  told: Told | null;
  /** Looks after which the answer stands; until then the record waits. */
  looks: number;
};

const says = (status: number, category: string, message: string | null, more: object = {}): Fault => ({
  status,
  body: { status: "error", category, ...(message ? { message } : {}), correlationId: "c-1", ...more },
});
const invalid = (property: string) => ({
  errors: [{ message: "is not valid", code: "INVALID", context: { propertyName: [property] } }],
});
const sentence = "Required properties for this object are missing: lifecyclestage";
const atOnce = { looks: 1 };

/** Every kind of answer that HubSpot may give to a write, again and again. */
export const faults: Record<string, Row> = {
  "a refused address": {
    ...says(400, "VALIDATION_ERROR", "no", invalid("email")),
    ...atOnce,
    told: { reason: "email_rejected", detail: { field: "Email", message: "is not valid" } },
  },
  "a property that is not ours": {
    ...says(400, "VALIDATION_ERROR", "no", invalid("lifecyclestage")),
    ...atOnce,
    told: { reason: "field_rejected", detail: { field: "Lifecycle stage", message: "is not valid" } },
  },
  "a rule that names no property": {
    ...says(400, "VALIDATION_ERROR", sentence),
    ...atOnce,
    told: { reason: "rejected", detail: { message: sentence } },
  },
  "a rule that takes long to tell": {
    ...says(400, "VALIDATION_ERROR", "x".repeat(10_000)),
    ...atOnce,
    told: { reason: "rejected", detail: { message: `${"x".repeat(300)}…` } },
  },
  "a rule with a sign where it is cut, and one that cannot be kept": {
    ...says(400, "VALIDATION_ERROR", `\u0000${"x".repeat(299)}🚀 and on`),
    ...atOnce,
    told: { reason: "rejected", detail: { message: `${"x".repeat(299)}…` } },
  },
  "a no without a word": {
    ...says(400, "VALIDATION_ERROR", null),
    ...atOnce,
    told: { reason: "rejected_silently", detail: {} },
  },
  "a gateway's no": {
    status: 403,
    body: "<html>no</html>",
    looks: 9,
    told: { reason: "turned_away", detail: {} },
  },
  "a no to who may write it": {
    ...says(403, "FORBIDDEN", "This user may not write it"),
    looks: 9,
    told: { reason: "not_let_in", detail: { message: "This user may not write it" } },
  },
  "an address that nobody is found to have": {
    ...says(409, "CONFLICT", "Contact already exists"),
    looks: 4,
    told: { reason: "email_taken", detail: { side: "HubSpot" } },
  },
  "a contact that is not found": {
    ...says(404, "OBJECT_NOT_FOUND", "Resource not found"),
    looks: 20,
    told: { reason: "rejected", detail: { message: "Resource not found" } },
  },
  "a permission that is wanting": {
    // That of a feature: one of ours breaks the connection.
    ...says(403, "MISSING_SCOPES", "Scopes are missing", {
      errors: [
        { message: "no", context: { requiredGranularScopes: ["crm.objects.contacts.sensitive.write"] } },
      ],
    }),
    looks: 4,
    told: null,
  },
  "a limit": { ...says(429, "RATE_LIMITS", "Too many"), looks: 200, told: null },
  "HubSpot's own failure, of one record alone": {
    ...says(500, "INTERNAL_ERROR", "Internal error"),
    looks: 100,
    told: { reason: "no_answer", detail: {} },
  },
};

/** Every write is answered like this, as a batch and alone; returns them. */
export function answerWrites({ status, body }: Fault, headers: Record<string, string> = {}): string[] {
  const answered: string[] = [];
  const send = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const { pathname } = new URL(String(url));
    const writes = init?.method === "POST" && /\/contacts(\/batch\/create)?$/.test(pathname);
    if (!writes) return send(url, init);
    answered.push(pathname);
    return typeof body === "string"
      ? new Response(body, { status })
      : Response.json(body, { status, headers });
  });
  return answered;
}
