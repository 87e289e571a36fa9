import { contactField } from "/page/contact-fields.js";
import { byId, element } from "/page/element.js";
import { request } from "/page/request.js";

const first = [
  "firstname",
  "lastname",
  "email",
  "jobtitle",
  "company",
  "phone",
  "mobilephone",
  "website",
  "hs_linkedin_url",
];

/** Opens a contact (or an empty form) in the drawer; `onDone` gets a sentence once something happened. */
export async function openContact(account, id, onDone) {
  const [properties, owners, contact] = await Promise.all([
    request("GET", `/accounts/${account}/properties`),
    request("GET", `/accounts/${account}/owners`),
    id === null ? { properties: {}, archived: false } : request("GET", `/accounts/${account}/contacts/${id}`),
  ]);
  const dialog = byId("contact-dialog");
  const fields = inOrder(properties.results)
    .filter((property) => !property.hidden && (id !== null || !isReadOnly(property)))
    .map((property) => ({ property, before: contact.properties[property.name] ?? "" }))
    .map((field) => ({ ...field, ...contactField(field.property, field.before, owners.results) }));

  const problem = element("p", { className: "problem", role: "alert" });
  const act = async (work, sentence) => {
    try {
      await work();
      dialog.close();
      onDone(sentence);
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const path = `/accounts/${account}/contacts/${id}`;
  const save = () => {
    const changed = Object.fromEntries(
      fields
        .filter(({ read, before }) => read() !== before)
        .map(({ property, read }) => [property.name, read()]),
    );
    if (id === null) return request("POST", `/accounts/${account}/contacts`, { properties: changed });
    return Object.keys(changed).length === 0 ? null : request("PATCH", path, { properties: changed });
  };

  const title = id === null ? "New contact" : contact.properties.hs_full_name_or_email || "Contact";
  const form = element(
    "form",
    { noValidate: true },
    element(
      "header",
      {},
      element("h2", { id: "contact-title" }, title),
      element("small", {}, id === null ? "" : `Record ${contact.id}`),
    ),
    element("div", { className: "fields" }, ...sections(fields, properties.results)),
    problem,
    footer(contact, id, {
      close: () => dialog.close(),
      remove: () => act(() => request("DELETE", path), "The contact is in the recycle bin."),
      restore: () => act(() => request("POST", `${path}/restore`), "The contact is back."),
    }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(save, id === null ? "The contact was created." : "The contact was saved.");
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}

function footer(contact, id, { close, remove, restore }) {
  const button = (text, className, onClick) => {
    const node = element("button", { type: onClick ? "button" : "submit", className }, text);
    if (onClick) node.addEventListener("click", onClick);
    return node;
  };
  if (contact.archived)
    return element("footer", {}, button("Restore", "primary", restore), button("Close", "", close));
  return element(
    "footer",
    {},
    button(id === null ? "Create contact" : "Save", "primary"),
    button("Cancel", "", close),
    ...(id === null ? [] : [button("Delete contact", "danger", remove)]),
  );
}

function sections(fields) {
  const nodes = (test) => fields.filter(({ property }) => test(property)).map(({ node }) => node);
  const title = (text) => element("h3", {}, text);
  const readOnly = nodes(isReadOnly);
  return [
    ...nodes((property) => property.hubspotDefined && !isReadOnly(property)),
    title("Custom properties"),
    ...nodes((property) => !property.hubspotDefined),
    ...(readOnly.length === 0 ? [] : [title("Set by HubSpot"), ...readOnly]),
  ];
}

function inOrder(properties) {
  const place = ({ name }) => (first.includes(name) ? first.indexOf(name) : first.length);
  return [...properties].sort((a, b) => place(a) - place(b));
}

function isReadOnly(property) {
  return property.calculated || property.modificationMetadata.readOnlyValue;
}
