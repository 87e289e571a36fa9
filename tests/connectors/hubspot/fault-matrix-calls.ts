import { NonRetriableError, RetryAfterError } from "inngest";
import { createTranslator } from "next-intl";
import { expect } from "vitest";
import { openHubspot } from "@/connectors/hubspot/client";
import type { WriteOutcome } from "@/connectors/hubspot/contacts";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { withRemoteFaults } from "@/inngest/remote-faults";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";
import { forPerson } from "@/services/connections/remote-failure";
import { ServiceError } from "@/services/service-error";
import { localBudget } from "@/tests/support/local-budget";
import type { Reply } from "./told-server";

export const says = (status: number, category: string, more: object = {}, headers = {}): Reply => ({
  status,
  headers,
  body: { status: "error", message: "no", category, correlationId: "c-1", ...more },
});
export const limit = (policyName: string, headers = {}): Reply => ({
  status: 429,
  headers,
  body: { status: "error", message: "You have reached your limit.", errorType: "RATE_LIMIT", policyName },
});
export const html = (status: number): Reply => ({
  status,
  headers: { "content-type": "text/html" },
  body: "<html>gateway</html>",
});
export const fields = {
  errors: [{ message: "bad", code: "INVALID_EMAIL", context: { propertyName: ["email"] } }],
};
export type Again = number | "the next hour" | null;
export const openAt = (apiUrl: string, renewed: string[] = [], timeoutMs?: number) =>
  openHubspot({
    apiUrl,
    timeoutMs,
    budget: localBudget(),
    accessToken: async () => `token-${renewed.length}`,
    onUnauthorized: async ({ again }) => void renewed.push(again ? "given up" : "renewed"),
  });
type Hubspot = ReturnType<typeof openAt>;
const properties = { email: "ana@example.org" };
export const reads: Record<string, (hubspot: Hubspot) => Promise<unknown>> = {
  read: ({ contacts }) => contacts.readByIds(["1"], ["email"]),
  "read by a unique value": ({ contacts }) => contacts.readByUnique("badge", ["a-17"], ["email"]),
  search: ({ contacts }) =>
    contacts.searchChanged({ from: new Date(0), until: new Date(1), afterId: "", properties: ["email"] }),
  "page of the daily comparison": ({ contacts }) => contacts.listPage(undefined, ["email"]),
  "reading of histories": ({ contacts }) => contacts.readHistories([{ id: "1", properties: ["email"] }]),
  "reading of the properties": ({ properties }) => properties.list(),
  "reading of the archived properties": ({ properties }) => properties.listArchived(),
  "creation of a property": ({ properties }) =>
    properties.create({ name: "tier", label: "Tier", type: "text", options: [] }),
  "search for lists": ({ lists }) => lists.search(""),
  "page of a list": ({ lists }) => lists.joinedPage("7", undefined),
  "reading of memberships": ({ lists }) => lists.membershipsOf(["1"]),
  "reading of the owners": ({ owners }) => owners.listUsers(),
  "reading of the account": ({ account }) => account.details(),
};
export const writes: Record<string, (hubspot: Hubspot, ids: string[]) => Promise<Map<string, WriteOutcome>>> =
  {
    create: ({ contacts }, ids) => contacts.create(ids.map((trace) => ({ trace, properties }))),
    update: ({ contacts }, ids) => contacts.update(ids.map((id) => ({ id, properties }))),
  };
export const thrownBy = async (act: Promise<unknown>) => {
  const error = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RemoteError)) throw new Error("no RemoteError was thrown", { cause: error });
  return error;
};
/** What the engine is told: when to try again, if at all. */
export async function expectAgain(error: RemoteError, again: Again): Promise<void> {
  const told = await withRemoteFaults(() => Promise.reject(error)).catch((thrown: unknown) => thrown);
  if (again === null) return void expect(told).toBeInstanceOf(NonRetriableError);
  if (!(told instanceof RetryAfterError)) throw new Error("it is not tried again", { cause: told });
  if (again !== "the next hour") return void expect(told.retryAfter).toBe(`${again}`);
  const at = Date.now() + Number(told.retryAfter) * 1000;
  expect(new Date(at).getUTCMinutes()).toBe(0);
  expect(at - Date.now()).toBeLessThanOrEqual(3_611_000);
}

const messages = { en, "pt-BR": ptBr };
/** Who asked for it reads that sentence, in each language its own, with HubSpot's number for what it answered. */
export async function expectTold(act: () => Promise<unknown>, told: string, number: string | undefined) {
  const error = await forPerson(act).catch((thrown: unknown) => thrown);
  if (!(error instanceof ServiceError)) throw new Error("no words", { cause: error });
  const { reason, reference, values } = error.details;
  expect(reason ?? error.code).toBe(told);
  const sentences = (["en", "pt-BR"] as const).map((locale) => {
    const t = createTranslator({ locale, messages: messages[locale], namespace: "errors" });
    const key = told as Parameters<typeof t>[0];
    expect(t.has(key)).toBe(true);
    return t(key, values);
  });
  expect(new Set(sentences).size).toBe(2);
  expect(reference).toBe(number);
}

/** HubSpot gives what it answers a number, in the envelope or beside it. */
export const NUMBER = "c-1";
export function numbered(reply: Reply | "nobody"): Reply {
  if (reply === "nobody") return "cut";
  if (typeof reply !== "object") return reply;
  return { ...reply, headers: { ...reply.headers, "x-hubspot-correlation-id": NUMBER } };
}
