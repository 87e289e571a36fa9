import { openContact } from "/page/contact-dialog.js";
import { drawHead, drawRows } from "/page/contacts-table.js";
import { byId, element } from "/page/element.js";
import { openMerge } from "/page/merge-dialog.js";
import { openProperty } from "/page/property-dialog.js";
import { request } from "/page/request.js";

const PAGE = 25;
const REFRESH_MS = 1000;

const view = { account: null, query: "", archived: false, offset: 0, since: null };
const chosen = new Map();
let optionLabels = new Map();
let loading = null;
let again = false;

async function start() {
  drawHead();
  const { accounts } = await request("GET", "/state");
  const wanted = Number(/^\/accounts\/(\d+)/.exec(location.pathname)?.[1]);
  view.account = (accounts.find(({ portalId }) => portalId === wanted) ?? accounts[0]).portalId;
  await readLabels();
  listen();
  await refresh();
  setInterval(() => {
    if (!document.hidden) refresh();
  }, REFRESH_MS);
}

/** One refresh at a time; what is asked for meanwhile runs once more after it. */
function refresh() {
  if (loading) {
    again = true;
    return loading;
  }
  loading = load().finally(() => {
    loading = null;
    if (!again) return;
    again = false;
    refresh();
  });
  return loading;
}

async function load() {
  const { account, query, archived, offset, since } = view;
  const search = new URLSearchParams({
    query,
    archived,
    offset,
    limit: PAGE,
    ...(since === null ? {} : { since }),
  });
  try {
    const [state, page] = await Promise.all([
      request("GET", "/state"),
      request("GET", `/accounts/${account}/contacts?${search}`),
    ]);
    drawState(state);
    const same = view.query === query && view.archived === archived && view.offset === offset;
    if (page.unchanged || !same) return;
    view.since = page.revision;
    drawPage(page);
  } catch {
    byId("app-state").textContent = "The sandbox does not answer";
    byId("app-state").className = "app-state lost";
    view.since = null;
  }
}

function drawState({ accounts, webhooks }) {
  const links = accounts.map(({ portalId, name }) => {
    const link = element("a", { href: `/accounts/${portalId}/contacts` }, name);
    if (portalId === view.account) link.setAttribute("aria-current", "page");
    return link;
  });
  if (byId("accounts").children.length !== links.length) byId("accounts").replaceChildren(...links);
  const connected = accounts.some(({ portalId, installed }) => portalId === view.account && installed);
  const waiting = webhooks.pending > 0 ? ` · ${webhooks.pending} webhooks waiting` : "";
  const text = connected ? `App connected${waiting}` : "No app connected";
  byId("app-state").className = connected ? "app-state connected" : "app-state";
  if (byId("app-state").textContent !== text) byId("app-state").textContent = text;
}

function drawPage({ results, total, offset }) {
  drawRows(results, {
    view: `${view.query} ${view.archived} ${view.offset}`,
    labels: (name, value) => optionLabels.get(name)?.get(value) ?? value,
    chosen,
    onOpen: open,
    onChoose: (contact, on) => {
      if (on) chosen.set(contact.id, contact);
      else chosen.delete(contact.id);
      drawTools();
    },
  });
  const nothing = view.query
    ? "No contact matches this search."
    : view.archived
      ? "The recycle bin is empty."
      : "There are no contacts yet.";
  byId("empty").textContent = nothing;
  byId("empty").hidden = results.length > 0;
  byId("range").textContent = total === 0 ? "" : `${offset + 1}–${offset + results.length} of ${total}`;
  byId("previous").disabled = offset === 0;
  byId("next").disabled = offset + results.length >= total;
  drawTools();
}

function drawTools() {
  byId("merge").disabled = chosen.size !== 2 || view.archived;
  byId("merge").title = chosen.size === 2 ? "" : "Select two contacts to merge them";
  byId("view-live").setAttribute("aria-pressed", String(!view.archived));
  byId("view-bin").setAttribute("aria-pressed", String(view.archived));
}

function listen() {
  byId("search").addEventListener("input", (event) => show({ query: event.target.value.trim(), offset: 0 }));
  byId("view-live").addEventListener("click", () => show({ archived: false, offset: 0 }));
  byId("view-bin").addEventListener("click", () => show({ archived: true, offset: 0 }));
  byId("previous").addEventListener("click", () => show({ offset: Math.max(0, view.offset - PAGE) }));
  byId("next").addEventListener("click", () => show({ offset: view.offset + PAGE }));
  byId("add-contact").addEventListener("click", () => open(null));
  byId("add-property").addEventListener("click", () => openProperty(view.account, done));
  byId("merge").addEventListener("click", () => openMerge(view.account, [...chosen.values()], done));
}

function show(changes) {
  Object.assign(view, changes, { since: null });
  if (!("offset" in changes && Object.keys(changes).length === 1)) chosen.clear();
  byId("notice").textContent = "";
  refresh();
}

function open(id) {
  openContact(view.account, id, done).catch((error) => notify(error.message, false));
}

async function done(sentence) {
  chosen.clear();
  notify(sentence, true);
  view.since = null;
  await readLabels();
  await refresh();
}

function notify(text, good) {
  byId("notice").textContent = text;
  byId("notice").className = good ? "notice good" : "notice";
}

async function readLabels() {
  const { results } = await request("GET", `/accounts/${view.account}/properties`);
  optionLabels = new Map(
    results
      .filter(({ options }) => options.length > 0)
      .map(({ name, options }) => [name, new Map(options.map(({ value, label }) => [value, label]))]),
  );
}

start().catch((error) => notify(error.message, false));
