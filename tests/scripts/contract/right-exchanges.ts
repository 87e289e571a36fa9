import type { Exchange } from "@/scripts/test/contract/exchange";

export const contacts = "/crm/objects/2026-03/contacts";

function exchange(
  method: string,
  url: string,
  sent: unknown = null,
  answer: { status: number; body: unknown } | null = null,
): Exchange {
  const forTokens = url.startsWith("/oauth/");
  return {
    method,
    url,
    request: {
      agent: "node",
      accept: "application/json",
      contentType: forTokens ? "application/x-www-form-urlencoded" : "application/json",
      authorization: forTokens ? "" : "bearer",
      body: sent,
    },
    answer: answer && { contentType: "application/json;charset=utf-8", ...answer },
  };
}

const time = "2026-11-01T10:00:00.000Z";
export const contact = {
  id: "101",
  properties: { email: "ana@example.com", city: null },
  createdAt: time,
  updatedAt: time,
  archived: false,
};
const error = {
  status: "error",
  category: "VALIDATION_ERROR",
  message: "No",
  correlationId: "aeb5f871-7f07-4993-9211-075dc63e7cbf",
};
const batch = { status: "COMPLETE", results: [contact], startedAt: time, completedAt: time };
export const property = {
  name: "level",
  label: "Level",
  type: "enumeration",
  fieldType: "select",
  groupName: "contactinformation",
  options: [{ label: "A", value: "a", displayOrder: 0, hidden: false }],
};
const token = {
  access_token: "a",
  refresh_token: "r",
  expires_in: 1800,
  token_type: "bearer",
  token_use: "access_token",
  hub_id: 24_000_001,
};

const journal = "/webhooks-journal/journal/2026-03";
export const place = "5f0c8f5e-0f5f-4c5e-9d43-3a1d3f0c8f5e";
export const journalFile = { url: "https://files.example/1", expiresAt: time, currentOffset: place };

export const right = {
  page: exchange("GET", `${contacts}?limit=100&properties=email&archived=false`, null, {
    status: 200,
    body: { results: [contact], paging: { next: { after: "101" } } },
  }),
  create: exchange(
    "POST",
    contacts,
    { properties: { email: "a@b.example" } },
    { status: 201, body: contact },
  ),
  update: exchange("PATCH", `${contacts}/101`, { properties: { city: "" } }, { status: 200, body: contact }),
  archive: exchange("DELETE", `${contacts}/101`, null, { status: 204, body: null }),
  batchRead: exchange(
    "POST",
    `${contacts}/batch/read`,
    { inputs: [{ id: "101" }], properties: ["email"] },
    { status: 200, body: batch },
  ),
  batchCreate: exchange(
    "POST",
    `${contacts}/batch/create`,
    { inputs: [{ objectWriteTraceId: "1", properties: { email: "a@b.example" } }] },
    {
      status: 207,
      body: {
        ...batch,
        numErrors: 1,
        errors: [
          { status: "error", category: "CONFLICT", message: "No", context: { objectWriteTraceId: ["1"] } },
        ],
      },
    },
  ),
  search: exchange(
    "POST",
    `${contacts}/search`,
    {
      filterGroups: [{ filters: [{ propertyName: "lastmodifieddate", operator: "GTE", value: "1" }] }],
      sorts: [{ propertyName: "hs_object_id", direction: "ASCENDING" }],
      limit: 200,
    },
    { status: 200, body: { total: 1, results: [contact] } },
  ),
  refusal: exchange("GET", `${contacts}/1`, null, { status: 404, body: error }),
  gateway: {
    ...exchange("GET", `${contacts}/1`),
    answer: { status: 502, contentType: "text/html; charset=UTF-8", body: "<html>" },
  },
  property: exchange("POST", "/crm/properties/2026-03/contacts", property),
  lists: exchange("POST", "/crm/lists/2026-03/search", {
    query: "x",
    offset: 0,
    count: 20,
    additionalProperties: [],
    listIds: [],
    processingTypes: [],
  }),
  members: exchange("GET", "/crm/lists/2026-03/7/memberships/join-order?limit=100", null, {
    status: 200,
    body: { results: [{ recordId: "1", membershipTimestamp: time }] },
  }),
  journalRead: exchange("GET", `${journal}/offset/${place}/next`, null, { status: 200, body: journalFile }),
  journalEnd: exchange("GET", `${journal}/offset/${place}/next`, null, { status: 204, body: null }),
  journalBatch: exchange("GET", `${journal}/batch/${place}/next/10`, null, {
    status: 200,
    body: { ...batch, results: [journalFile] },
  }),
  token: exchange(
    "POST",
    "/oauth/2026-03/token",
    { grant_type: "refresh_token", refresh_token: "r", client_id: "c", client_secret: "s" },
    { status: 200, body: token },
  ),
  tokenRefusal: exchange(
    "POST",
    "/oauth/2026-03/token",
    { grant_type: "refresh_token", refresh_token: "r" },
    { status: 400, body: { error: "invalid_grant", status: "BAD_REFRESH_TOKEN", message: "No" } },
  ),
};
