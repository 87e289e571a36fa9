// A person who clicks something that calls HubSpot is told which kind of no it was, what to do next, and by what
// HubSpot's support finds it.
import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { OauthError } from "@/connectors/hubspot/oauth-error";
import { errorFromResponse } from "@/connectors/hubspot/read-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";
import { forPerson } from "@/services/connections/remote-failure";
import { ServiceError } from "@/services/service-error";

const hour = 3_600_000;
const answered = (status: number, body: object = {}, headers: Record<string, string> = {}) =>
  errorFromResponse(
    "POST /x",
    status,
    new Headers(headers),
    JSON.stringify({ correlationId: "c-9", ...body }),
  );
const held = (reason: "moving" | "day" | "locked" | "unreachable", ms: number) =>
  new RemoteError(reason === "day" ? "rate_limited" : "transient", "paused", {
    retryAfterMs: ms,
    pause: { reason, ms },
  });
const token = (fault: OauthError["fault"], category?: string) => new OauthError(fault, "no", { category });
const known = (category: string) => new RemoteError("unauthorized", "the connection is broken", { category });

type Case = [what: string, error: RemoteError, code: string, reason: string | undefined, todo: RegExp];
const cases: Case[] = [
  [
    "the account moves",
    answered(477, {}, { "retry-after": "36000" }),
    "hubspot_unavailable",
    "hubspot_moving",
    /in about 10 hours/,
  ],
  [
    "the account moves still",
    held("moving", 20 * 60_000),
    "hubspot_unavailable",
    "hubspot_moving",
    /in 20 minutes/,
  ],
  ["records are locked", answered(423), "hubspot_unavailable", "hubspot_locked", /few seconds/],
  [
    "they are locked still",
    answered(423, {}, { "retry-after": "3600" }),
    "hubspot_unavailable",
    "hubspot_locked",
    /in 60 minutes/,
  ],
  [
    "the network has a fault",
    answered(522),
    "hubspot_unavailable",
    "hubspot_unreachable",
    /status\.hubspot\.com/,
  ],
  [
    "it has one still",
    held("unreachable", hour),
    "hubspot_unavailable",
    "hubspot_unreachable",
    /in 60 minutes/,
  ],
  [
    "nothing is answered",
    new RemoteError("transient", "no answer"),
    "hubspot_unavailable",
    "hubspot_no_answer",
    /look first/,
  ],
  ["HubSpot fails", answered(503), "hubspot_unavailable", undefined, /try again in a few minutes/],
  [
    "it takes too long at HubSpot",
    answered(408),
    "hubspot_unavailable",
    undefined,
    /try again in a few minutes/,
  ],
  [
    "the token service rests",
    new RemoteError("transient", "later", { retryAfterMs: hour }),
    "hubspot_unavailable",
    undefined,
    /try again/,
  ],
  [
    "the limit of ten seconds is reached",
    answered(429, { policyName: "TEN_SECONDLY_ROLLING" }),
    "hubspot_unavailable",
    "hubspot_limit",
    /in a minute/,
  ],
  [
    "HubSpot names no limit and asks for hours",
    answered(429, {}, { "retry-after": "7200" }),
    "hubspot_unavailable",
    "hubspot_limit",
    /in about 2 hours/,
  ],
  [
    "our own turn is too far away",
    new RemoteError("rate_limited", "no turn", { retryAfterMs: 5000 }),
    "hubspot_unavailable",
    "hubspot_limit",
    /in a minute/,
  ],
  [
    "the day's limit is reached",
    held("day", 3 * hour),
    "hubspot_unavailable",
    "hubspot_day_used_up",
    /in about 3 hours/,
  ],
  [
    "a permission is wanting",
    answered(403, { category: "MISSING_SCOPES" }),
    "hubspot_refused",
    "hubspot_scope_missing",
    /Reconnect/,
  ],
  [
    "HubSpot does not serve the call any more",
    answered(410),
    "hubspot_refused",
    "hubspot_call_refused",
    /tell your administrator/,
  ],
  ["a gateway turns it away", answered(403), "hubspot_refused", "hubspot_turned_away", /administrator/],
  [
    "HubSpot says why it forbids it",
    answered(403, { category: "LIMIT", message: "Too many" }),
    "hubspot_refused",
    "hubspot_said",
    /Too many/,
  ],
  [
    "HubSpot says why it refuses it",
    answered(400, { message: "Bad name" }),
    "hubspot_refused",
    "hubspot_said",
    /Bad name/,
  ],
  ["HubSpot refuses it without a word", answered(400), "hubspot_refused", undefined, /Check the value/],
  ["it is there already", answered(409), "already_exists", undefined, /another name/],
  ["it is not there any more", answered(404), "not_found", "hubspot_gone", /Refresh the fields/],
  [
    "our secret is wrong",
    token("misconfigured", "BAD_CLIENT_SECRET"),
    "hubspot_refused",
    "hubspot_app_refused",
    /administrator.*reconnecting it does not help/,
  ],
  [
    "the token service has a new word",
    token("unknown", "NEW_WORD"),
    "hubspot_refused",
    "hubspot_word_unknown",
    /NEW_WORD/,
  ],
  [
    "a fresh token is refused",
    answered(401, { category: "INVALID_AUTHENTICATION" }),
    "hubspot_refused",
    "hubspot_token_refused",
    /stays connected/,
  ],
  [
    "it was refused to somebody else within the last minute",
    token("token_refused", "INVALID_AUTHENTICATION"),
    "hubspot_refused",
    "hubspot_token_refused",
    /does not accept our access right now.*stays connected/,
  ],
  [
    "access was just revoked",
    token("revoked", "BAD_REFRESH_TOKEN"),
    "connection_broken",
    undefined,
    /Reconnect/,
  ],
  ["access was revoked before", known("revoked"), "connection_broken", undefined, /Reconnect/],
  [
    "the app was uninstalled",
    known("uninstalled"),
    "connection_broken",
    "hubspot_uninstalled",
    /uninstalled.*Reconnect/,
  ],
  [
    "a permission was taken away",
    known("missing_scopes"),
    "connection_broken",
    "hubspot_scope_missing",
    /Reconnect/,
  ],
  [
    "the account is gone",
    token("account_gone", "BAD_HUB"),
    "connection_broken",
    "hubspot_account_gone",
    /reconnect/,
  ],
  ["it was gone before", known("account_gone"), "connection_broken", "hubspot_account_gone", /reconnect/],
];

async function toldOf(error: unknown): Promise<ServiceError> {
  const told = await forPerson(() => Promise.reject(error)).catch((thrown: unknown) => thrown);
  if (!(told instanceof ServiceError)) throw new Error("no words", { cause: told });
  return told;
}

// Verifies
describe("what a person is told where", () => {
  test.each(cases)("%s", async (_, error, code, reason, todo) => {
    const { details, ...told } = await toldOf(error);
    expect({ code: told.code, reason: details.reason }).toEqual({ code, reason });
    expect(details.reference).toBe(error.correlationId);
    const text = { en: "", "pt-BR": "" };
    for (const [locale, messages] of [
      ["en", en],
      ["pt-BR", ptBr],
    ] as const) {
      const t = createTranslator({ locale, messages, namespace: "errors" });
      const key = (details.reason ?? told.code) as Parameters<typeof t>[0];
      expect(t.has(key)).toBe(true);
      text[locale] = t(key, details.values);
    }
    expect(text.en).toMatch(todo);
    expect(text["pt-BR"]).not.toBe(text.en);
  });

  test("it is no matter of HubSpot's, which is left as it is", async () => {
    const own = new Error("ours");
    await expect(forPerson(() => Promise.reject(own))).rejects.toBe(own);
  });
});
