import { button, card, checkField, numberField, row, selectField, textField } from "/page/control-fields.js";
import { byId, element } from "/page/element.js";
import { request } from "/page/request.js";

const policies = ["TEN_SECONDLY_ROLLING", "SECONDLY", "DAILY"];
const words = [
  ["", "its status (503)"],
  ["EXPIRED_AUTHENTICATION", "an expired token (401)"],
  ["INVALID_AUTHENTICATION", "an unknown token (401)"],
  ["MISSING_SCOPES", "a missing permission (403)"],
  ["VALIDATION_ERROR", "a wrong value (400)"],
  ["OBJECT_NOT_FOUND", "nothing found (404)"],
  ["CONFLICT", "a second owner (409)"],
  ["TEN_SECONDLY_ROLLING", "the limit of ten seconds (429)"],
  ["SECONDLY", "the limit of a second (429)"],
  ["DAILY", "the limit of the day (429)"],
];

/** The last answer of the sandbox: what this page does not show is sent back as it was. */
let known = {};

export function faultsCard(save) {
  const percent = (id, label) => numberField(id, label, "%", { max: 100, onChange: save });
  return card(
    "Faults of the API",
    "Each call meets one of these with the chance given.",
    row(
      numberField("latency", "Slower by", "ms", { max: 60000, onChange: save }),
      percent("share-429", "Too many requests (429)"),
      percent("share-5xx", "Server error (502, 503)"),
      percent("share-drop", "Connection dropped"),
      percent("share-applied", "Done, but never answered"),
    ),
    textField("share-match", "Only calls that contain", { onChange: save, placeholder: "POST /crm" }),
    element("h3", {}, "The next calls"),
    row(
      numberField("next-count", "How many", "calls", { onChange: save }),
      selectField(
        "next-how",
        "What happens",
        [
          ["refuse", "Refused"],
          ["drop", "Dropped"],
          ["apply-then-drop", "Done, then dropped"],
          ["apply-then-refuse", "Done, then refused"],
          ["in-part", "A batch in part (207)"],
        ],
        { onChange: save },
      ),
      numberField("next-status", "Status", "", { max: 599, onChange: save, placeholder: "its own" }),
      selectField("next-word", "In the words of", words, { onChange: save }),
      textField("next-match", "Only calls that contain", { onChange: save, placeholder: "batch/update" }),
    ),
    element("h3", {}, "Everything at once"),
    row(
      numberField("down-seconds", "Down for", "seconds", { onChange: save }),
      selectField(
        "down-mode",
        "Meanwhile",
        [
          ["503", "Answers 503"],
          ["drop", "Drops connections"],
        ],
        { onChange: save },
      ),
    ),
  );
}

export function noticesCard(save, saveSettings, act) {
  const percent = (id, label) => numberField(id, label, "%", { max: 100, onChange: save });
  return card(
    "Faults of webhooks",
    "The journal has every event, whatever happens to the pushed ones.",
    row(
      percent("hook-lose", "Lost"),
      percent("hook-double", "Sent twice"),
      percent("hook-late", "Late"),
      numberField("hook-late-by", "Late by", "seconds", { onChange: save, placeholder: "30" }),
    ),
    checkField("hook-shuffle", "Out of order", { onChange: save }),
    selectField(
      "webhookRetries",
      "Refused ones are tried again",
      [
        ["quick", "after seconds, for a day"],
        ["hubspot", "ten times, spread over a day"],
      ],
      { onChange: (input) => saveSettings({ webhookRetries: input.value }) },
    ),
    row(
      button("Send what waits now", () =>
        act(() => request("POST", "/webhooks/retry"), "What waited is on its way."),
      ),
    ),
  );
}

export function readFaults() {
  const { shares = {}, failNext = {}, webhooks = {} } = known;
  const count = numberOf("next-count");
  const seconds = numberOf("down-seconds");
  return {
    latencyMs: numberOf("latency"),
    ...(known.wrongClientSecret ? { wrongClientSecret: true } : {}),
    shares: {
      ...shares,
      tooManyRequests: shareOf("share-429"),
      serverError: shareOf("share-5xx"),
      drop: shareOf("share-drop"),
      applyThenDrop: shareOf("share-applied"),
      match: byId("share-match").value,
    },
    ...(count > 0
      ? {
          failNext: {
            ...failNext,
            count,
            how: byId("next-how").value,
            ...wordsOf(byId("next-word").value),
            status: numberOf("next-status") || undefined,
            match: byId("next-match").value,
          },
        }
      : {}),
    ...(seconds > 0 ? { down: { ms: seconds * 1000, mode: byId("down-mode").value } } : {}),
    webhooks: {
      ...webhooks,
      lose: shareOf("hook-lose"),
      double: shareOf("hook-double"),
      late: shareOf("hook-late"),
      lateMs: (numberOf("hook-late-by") || 30) * 1000,
      shuffle: byId("hook-shuffle").checked,
    },
  };
}

export function showFaults({ downForMs, ...faults }) {
  known = faults;
  const { shares = {}, failNext = {}, webhooks = {} } = faults;
  show("latency", faults.latencyMs);
  show("share-429", percentOf(shares.tooManyRequests));
  show("share-5xx", percentOf(shares.serverError));
  show("share-drop", percentOf(shares.drop));
  show("share-applied", percentOf(shares.applyThenDrop));
  byId("share-match").value = shares.match ?? "";
  show("next-count", failNext.count);
  byId("next-how").value = failNext.how ?? "refuse";
  show("next-status", failNext.count ? failNext.status : undefined);
  byId("next-word").value = failNext.count ? (failNext.policyName ?? failNext.category ?? "") : "";
  byId("next-match").value = failNext.match ?? "";
  show("down-seconds", Math.ceil(downForMs / 1000));
  byId("down-mode").value = faults.down?.mode ?? "503";
  show("hook-lose", percentOf(webhooks.lose));
  show("hook-double", percentOf(webhooks.double));
  show("hook-late", percentOf(webhooks.late));
  show("hook-late-by", webhooks.late ? (webhooks.lateMs ?? 30_000) / 1000 : undefined);
  byId("hook-shuffle").checked = webhooks.shuffle ?? false;
  byId("wrong-secret").checked = faults.wrongClientSecret ?? false;
}

export function setWrongSecret(on) {
  known = { ...known, wrongClientSecret: on };
}

function wordsOf(word) {
  const policy = policies.includes(word);
  return { policyName: policy ? word : undefined, category: policy || !word ? undefined : word };
}

function show(id, value) {
  byId(id).value = value ? String(value) : "";
}

function numberOf(id) {
  return Number(byId(id).value) || 0;
}

function shareOf(id) {
  return Math.min(100, numberOf(id)) / 100;
}

function percentOf(share) {
  return Math.round((share ?? 0) * 1000) / 10;
}
