import { element } from "/page/element.js";

/** An input for one property, by its type. `read()` gives the value as HubSpot writes it. */
export function contactField(property, value, owners) {
  const readOnly = property.calculated || property.modificationMetadata.readOnlyValue;
  const id = `field-${property.name}`;
  if (property.type === "enumeration" && property.fieldType === "checkbox" && !readOnly)
    return checkboxes(property, value);
  const input = control(property, value, owners, readOnly);
  input.id = id;
  input.name = property.name;
  return {
    node: element("div", { className: "field" }, label(property, id), input),
    read: () => (readOnly ? value : fromInput(property, input.value)),
  };
}

function control(property, value, owners, readOnly) {
  if (readOnly) return element("input", { value, readOnly: true });
  if (property.referencedObjectType === "OWNER")
    return select(
      owners.map((owner) => ({ value: owner.id, label: `${owner.firstName} ${owner.lastName}` })),
      value,
    );
  if (property.type === "enumeration") return select(property.options, value);
  if (property.type === "bool")
    return select(
      [
        { value: "true", label: "Yes" },
        { value: "false", label: "No" },
      ],
      value,
    );
  if (property.fieldType === "textarea") return element("textarea", { value, rows: 3 });
  // A text field, so that what HubSpot would refuse can be typed and be seen refused.
  const types = { date: "date", datetime: "datetime-local" };
  const input = element("input", { type: types[property.type] ?? "text", autocomplete: "off" });
  if (property.type === "datetime") input.step = "1";
  input.value = property.type === "datetime" ? value.slice(0, 19) : value;
  return input;
}

function select(options, value) {
  const node = element("select", {}, element("option", { value: "" }, "—"));
  for (const option of options) node.append(element("option", { value: option.value }, option.label));
  node.value = value;
  return node;
}

function checkboxes(property, value) {
  const current = value.split(";");
  const boxes = property.options.map((option) =>
    element("input", { type: "checkbox", value: option.value, checked: current.includes(option.value) }),
  );
  const choices = boxes.map((box, at) => element("label", {}, box, property.options[at].label));
  const node = element(
    "fieldset",
    { className: "field" },
    element("legend", {}, property.label),
    element("div", { className: "choices" }, ...choices),
  );
  const read = () =>
    boxes
      .filter((box) => box.checked)
      .map((box) => box.value)
      .join(";");
  // Compared as a set: the order in which HubSpot keeps the choices is no change.
  const unchanged = () => read().split(";").sort().join() === [...current].sort().join();
  return { node, read: () => (unchanged() ? value : read()) };
}

function label(property, id) {
  const hint = property.type === "datetime" ? element("small", {}, " (UTC)") : "";
  return element("label", { htmlFor: id }, property.label, hint);
}

function fromInput(property, text) {
  if (property.type !== "datetime" || text === "") return text;
  return new Date(`${text}Z`).toISOString();
}
