import { byId, element } from "/page/element.js";
import { request } from "/page/request.js";

const types = {
  "Single-line text": ["string", "text"],
  "Multi-line text": ["string", "textarea"],
  Number: ["number", "number"],
  Date: ["date", "date"],
  "Date and time": ["datetime", "date"],
  "Yes or no": ["bool", "booleancheckbox"],
  "Single choice": ["enumeration", "select"],
  "Several choices": ["enumeration", "checkbox"],
};

export function openProperty(account, onDone) {
  const dialog = byId("property-dialog");
  const problem = element("p", { className: "problem", role: "alert" });
  const label = element("input", {
    id: "property-label",
    required: true,
    maxLength: 80,
    autocomplete: "off",
  });
  const type = element(
    "select",
    { id: "property-type" },
    ...Object.keys(types).map((name) => element("option", {}, name)),
  );
  const choices = element("textarea", { id: "property-choices", rows: 4 });
  const choicesField = field("property-choices", "Choices, one a line", choices);
  const showChoices = () => {
    choicesField.hidden = types[type.value][0] !== "enumeration";
  };
  type.addEventListener("change", showChoices);
  showChoices();

  const cancel = element("button", { type: "button" }, "Cancel");
  cancel.addEventListener("click", () => dialog.close());
  const form = element(
    "form",
    {},
    element("header", {}, element("h2", { id: "property-title" }, "Create a contact property")),
    element(
      "div",
      { className: "fields" },
      field("property-label", "Label", label),
      field("property-type", "Type", type),
      choicesField,
    ),
    problem,
    element("footer", {}, element("button", { className: "primary" }, "Create property"), cancel),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [kind, fieldType] = types[type.value];
    const lines = choices.value
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    const options =
      kind === "enumeration" ? lines.map((line) => ({ label: line, value: internalName(line) })) : undefined;
    const property = {
      name: internalName(label.value),
      label: label.value,
      type: kind,
      fieldType,
      groupName: "contactinformation",
      options,
    };
    try {
      await request("POST", `/accounts/${account}/properties`, property);
      dialog.close();
      onDone(`The property “${label.value}” was created.`);
    } catch (error) {
      problem.textContent = error.message;
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}

function field(id, text, input) {
  return element("div", { className: "field" }, element("label", { htmlFor: id }, text), input);
}

function internalName(label) {
  const name = label
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(name) ? name : `p_${name}`;
}
