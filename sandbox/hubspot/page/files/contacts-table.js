import { byId, element } from "/page/element.js";

const columns = [
  ["email", "E-mail"],
  ["company", "Company"],
  ["jobtitle", "Job title"],
  ["phone", "Phone"],
  ["country", "Country"],
  ["lifecyclestage", "Lifecycle stage"],
  ["hs_lead_status", "Lead status"],
];

let shown = new Map();
let shownView = "";

export function drawHead() {
  const choose = element("th", { className: "choose" }, element("span", { ariaLabel: "Selected" }));
  const names = ["Name", ...columns.map(([, label]) => label)];
  byId("head").replaceChildren(
    element("tr", {}, choose, ...names.map((name) => element("th", { scope: "col" }, name))),
  );
}

/** Draws the rows; within one view, whatever differs from what was shown flashes. */
export function drawRows(contacts, { view, labels, chosen, onOpen, onChoose }) {
  const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
  const compare = view === shownView;
  const next = new Map();
  const rows = contacts.map((contact) => {
    const values = cellTexts(contact, labels);
    const before = shown.get(contact.id);
    next.set(contact.id, values);
    const cells = values.map((text, at) => {
      const content = at === 0 ? nameButton(contact, text, onOpen) : text;
      const flash = compare && (before ? before[at] !== text : true);
      return element("td", { className: flash ? "flash" : "", title: at === 0 ? "" : text }, content);
    });
    return element(
      "tr",
      {},
      element("td", { className: "choose" }, box(contact, values[0], chosen, onChoose)),
      ...cells,
    );
  });
  byId("rows").replaceChildren(...rows);
  shown = next;
  shownView = view;
  if (focused) document.querySelector(`[data-key="${focused}"]`)?.focus();
}

function cellTexts({ properties }, labels) {
  const name = [properties.firstname, properties.lastname].filter(Boolean).join(" ");
  return [name || properties.email || "No name", ...columns.map(([key]) => labels(key, properties[key]))];
}

function nameButton(contact, text, onOpen) {
  const button = element("button", { type: "button", className: "name" }, text);
  button.dataset.key = `open-${contact.id}`;
  button.addEventListener("click", () => onOpen(contact.id));
  return button;
}

function box(contact, name, chosen, onChoose) {
  const input = element("input", {
    type: "checkbox",
    checked: chosen.has(contact.id),
    ariaLabel: `Select ${name}`,
  });
  input.dataset.key = `choose-${contact.id}`;
  input.addEventListener("change", () => onChoose(contact, input.checked));
  return input;
}
