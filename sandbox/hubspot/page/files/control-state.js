import { byId, element } from "/page/element.js";

export function drawState({ accounts, clock, requests, webhooks, journal, faults }) {
  const links = accounts.map(({ portalId, name }) =>
    element("a", { href: `/accounts/${portalId}/contacts` }, name),
  );
  if (byId("accounts").children.length !== links.length) byId("accounts").replaceChildren(...links);
  const connected = accounts.filter(({ installed }) => installed).length;
  byId("app-state").className = connected > 0 ? "app-state connected" : "app-state";
  setText("app-state", connected > 0 ? "App connected" : "No app connected");
  setText(
    "clock",
    `${new Date(clock.now).toISOString().slice(0, 19).replace("T", " ")} UTC${clock.frozen ? ", stopped" : ""}${away(clock.aheadMs)}`,
  );
  drawFigures([
    ["Webhooks delivered", webhooks.delivered],
    ["waiting", webhooks.pending],
    ["refused attempts", webhooks.failedAttempts],
    ["lost", webhooks.lost],
    ["Journal subscriptions", journal.subscriptions],
    ["files", journal.files],
    ["events not shown yet", journal.unpublishedEvents],
    ["Down for", `${Math.ceil(faults.downForMs / 1000)} s`],
  ]);
  const rows = Object.entries(requests);
  byId("requests").replaceChildren(
    ...rows.map(([operation, { requests: count, statuses }]) =>
      element(
        "tr",
        {},
        element("td", { className: "operation" }, operation),
        element("td", {}, count.toLocaleString("en")),
        element("td", {}, ...Object.entries(statuses).flatMap(badge)),
      ),
    ),
  );
  byId("no-requests").hidden = rows.length > 0;
}

function badge([status, count]) {
  const kind = status < "400" ? "good" : status < "500" ? "warn" : "bad";
  return [element("span", { className: `badge ${kind}` }, `${status} × ${count.toLocaleString("en")}`), " "];
}

function drawFigures(pairs) {
  byId("figures").replaceChildren(
    ...pairs.map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, value.toLocaleString("en"))),
    ),
  );
}

function away(ms) {
  if (Math.abs(ms) < 1000) return "";
  const hours = Math.round(Math.abs(ms) / 360_000) / 10;
  return ` · ${hours} h ${ms > 0 ? "ahead" : "behind"}`;
}

function setText(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}
