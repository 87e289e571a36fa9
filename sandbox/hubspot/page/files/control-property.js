import { accountSelect } from "/page/control-actions.js";
import { button, card, checkField, field, row, selectField, textField } from "/page/control-fields.js";
import { element } from "/page/element.js";
import { request } from "/page/request.js";

/** What an administrator does to a property in HubSpot's settings. */
export async function propertyCard(accounts, act) {
  let properties = [];
  const account = accountSelect("property-account", accounts);
  const name = element("select", { id: "property-name" });
  const read = async () => {
    const lists = await Promise.all(
      [false, true].map((archived) =>
        request("GET", `/accounts/${account.value}/properties?archived=${archived}`),
      ),
    );
    properties = lists.flatMap(({ results }) => results).sort((a, b) => a.label.localeCompare(b.label));
    const chosen = name.value;
    name.replaceChildren(
      ...properties.map((property) =>
        element(
          "option",
          { value: property.name },
          property.label + (property.archived ? " (archived)" : ""),
        ),
      ),
    );
    if (properties.some((property) => property.name === chosen)) name.value = chosen;
  };
  const part = (id) => node.querySelector(`#${id}`);
  const current = () => properties.find((property) => property.name === name.value);
  const show = () => {
    const property = current();
    part("property-label").value = property.label;
    part("property-options").value = property.options
      .map(({ value, label }) => `${value} = ${label}`)
      .join("\n");
    part("property-options-field").hidden = property.options.length === 0;
    part("property-archived").checked = property.archived;
    part("property-read-only").checked = property.modificationMetadata.readOnlyValue;
    part("property-sensitivity").value = property.dataSensitivity;
  };
  const save = () =>
    act(async () => {
      const { label } = await request(
        "PATCH",
        `/accounts/${account.value}/properties/${name.value}`,
        decision(current(), part),
      );
      await read();
      show();
      return `The property “${label}” was changed.`;
    });
  account.addEventListener("change", async () => {
    await read();
    show();
  });
  name.addEventListener("change", show);
  const nothing = { onChange: () => {} };
  const options = element("textarea", { id: "property-options", rows: 4, spellcheck: false });
  const optionsField = field("property-options", "Options, one a line: value = label", options);
  optionsField.id = "property-options-field";
  await read();
  const node = card(
    "Properties",
    "Values stay with the contacts, whatever happens to a property.",
    row(field("property-account", "Account", account), field("property-name", "Property", name)),
    textField("property-label", "Label", {}),
    optionsField,
    selectField(
      "property-sensitivity",
      "Sensitivity",
      [
        ["non_sensitive", "Not sensitive"],
        ["sensitive", "Sensitive"],
        ["highly_sensitive", "Highly sensitive"],
      ],
      nothing,
    ),
    checkField("property-read-only", "Apps cannot write it", nothing),
    checkField("property-archived", "Archived", nothing),
    row(button("Change the property", save, "primary")),
  );
  show();
  return node;
}

function decision({ options }, part) {
  return {
    label: part("property-label").value,
    archived: part("property-archived").checked,
    readOnlyValue: part("property-read-only").checked,
    dataSensitivity: part("property-sensitivity").value,
    ...(options.length > 0 ? { options: lines(part("property-options").value) } : {}),
  };
}

function lines(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [value, ...label] = line.split("=").map((part) => part.trim());
      return { value, label: label.join("=") || value };
    });
}
