import { byId, element } from "/page/element.js";
import { request } from "/page/request.js";

/** Asks which of two contacts leads, and merges the other one into it. */
export function openMerge(account, contacts, onDone) {
  const dialog = byId("merge-dialog");
  const problem = element("p", { className: "problem", role: "alert" });
  const options = contacts.map((contact, at) => {
    const input = element("input", { type: "radio", name: "primary", value: contact.id, checked: at === 0 });
    const { firstname, lastname, email } = contact.properties;
    const text = element(
      "div",
      {},
      [firstname, lastname].filter(Boolean).join(" ") || email,
      element("span", {}, email || "No e-mail"),
    );
    return element("label", { className: "option" }, input, text);
  });
  const cancel = element("button", { type: "button" }, "Cancel");
  cancel.addEventListener("click", () => dialog.close());
  const form = element(
    "form",
    {},
    element("header", {}, element("h2", { id: "merge-title" }, "Merge two contacts")),
    element(
      "div",
      { className: "fields" },
      element(
        "p",
        {},
        "Whose values win where both have one? The other e-mail address is kept as an additional one. A merge cannot be undone.",
      ),
      ...options,
    ),
    problem,
    element("footer", {}, element("button", { className: "primary" }, "Merge"), cancel),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const primaryId = new FormData(form).get("primary");
    const otherId = contacts.find(({ id }) => id !== primaryId).id;
    try {
      await request("POST", `/accounts/${account}/contacts/merge`, { primaryId, otherId });
      dialog.close();
      onDone("The contacts were merged.");
    } catch (error) {
      problem.textContent = error.message;
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}
