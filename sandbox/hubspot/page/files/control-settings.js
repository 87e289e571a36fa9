import { card, checkField, numberField, row } from "/page/control-fields.js";
import { byId } from "/page/element.js";

const numbers = [
  "rateLimitMax",
  "rateLimitWindowMs",
  "searchesPerSecond",
  "dailyLimit",
  "searchLagMs",
  "journalDelayMs",
  "journalFileSize",
];
const checks = ["rateLimit", "retryAfter", "mergeKeepsId", "rotateRefreshTokens"];

export function limitsCard(save) {
  const number = (id, label, unit, more = {}) =>
    numberField(id, label, unit, {
      onChange: (input) => save({ [id]: input.value === "" ? null : Number(input.value) }),
      ...more,
    });
  return card(
    "Limits",
    "For each account that has the app.",
    check("rateLimit", "Limits are on", save),
    row(
      number("rateLimitMax", "Calls", "in a window"),
      number("rateLimitWindowMs", "Window", "ms"),
      number("searchesPerSecond", "Searches", "a second"),
      number("dailyLimit", "Calls a day", "", { placeholder: "no limit" }),
    ),
    check("retryAfter", "A refusal says when to come back (Retry-After)", save),
  );
}

export function readsCard(save) {
  const number = (id, label, unit) =>
    numberField(id, label, unit, { onChange: (input) => save({ [id]: Number(input.value) }) });
  return card(
    "What an app sees, and when",
    "HubSpot's search and journal run behind what was written.",
    row(
      number("searchLagMs", "A search runs behind by", "ms"),
      number("journalDelayMs", "The journal runs behind by", "ms"),
      number("journalFileSize", "A journal file holds", "events"),
    ),
    check("mergeKeepsId", "A merge leaves the first contact its ID", save),
  );
}

export function showSettings(settings) {
  for (const id of numbers) byId(id).value = settings[id] === null ? "" : String(settings[id]);
  for (const id of checks) byId(id).checked = settings[id];
  byId("webhookRetries").value = settings.webhookRetries;
}

export function check(id, label, save) {
  return checkField(id, label, { onChange: (input) => save({ [id]: input.checked }) });
}
