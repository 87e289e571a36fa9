import { element } from "/page/element.js";

export function card(title, hint, ...children) {
  const id = `card-${title.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return element(
    "section",
    { className: "card", "aria-labelledby": id },
    element("h2", { id }, title),
    element("p", { className: "hint" }, hint),
    ...children,
  );
}

export function numberField(id, label, unit, { max, onChange, hint, placeholder = "0" }) {
  const input = element("input", { id, type: "number", min: 0, inputMode: "numeric", placeholder });
  if (max !== undefined) input.max = max;
  input.addEventListener("change", () => {
    if (input.reportValidity()) onChange(input);
  });
  return field(id, label, element("span", { className: "unit" }, input, element("span", {}, unit)), hint);
}

export function textField(id, label, { onChange, hint, placeholder = "" }) {
  const input = element("input", { id, type: "text", placeholder, autocomplete: "off", spellcheck: false });
  if (onChange) input.addEventListener("change", () => onChange(input));
  return field(id, label, input, hint);
}

export function selectField(id, label, options, { onChange, hint }) {
  const items = options.map(([value, text]) => element("option", { value }, text));
  const input = element("select", { id }, ...items);
  input.addEventListener("change", () => onChange(input));
  return field(id, label, input, hint);
}

export function checkField(id, label, { onChange }) {
  const input = element("input", { id, type: "checkbox" });
  input.addEventListener("change", () => onChange(input));
  return element("label", { className: "check", htmlFor: id }, input, element("span", {}, label));
}

export function field(id, label, input, hint) {
  return element(
    "div",
    { className: "field" },
    element("label", { htmlFor: id }, label),
    input,
    ...(hint ? [element("small", {}, hint)] : []),
  );
}

export function button(text, onClick, className = "") {
  const node = element("button", { type: "button", className }, text);
  node.addEventListener("click", onClick);
  return node;
}

export function row(...children) {
  return element("div", { className: "row" }, ...children);
}
