import { button, field, row } from "/page/control-fields.js";
import { byId, element } from "/page/element.js";
import { request } from "/page/request.js";

/** What an administrator does to one permission of a connected app, which learns of it by its next call. */
export function scopeRow({ portalId, name }, act) {
  const select = element("select", { id: idOf(portalId) });
  const change = (method, sentence) => () =>
    act(
      () => request(method, `/accounts/${portalId}/scopes/${select.value}`),
      `${name}: ${select.value} ${sentence}`,
    );
  return row(
    field(select.id, "Permission", select),
    button("Take it back", change("DELETE", "was taken back."), "danger"),
    button("Give it again", change("PUT", "was given again.")),
  );
}

/** The permissions that each account ever showed here, since one that was taken back can be given again. */
export function showScopes(accounts) {
  for (const { portalId, installed } of accounts) {
    const select = byId(idOf(portalId));
    const known = [...select.options].map(({ value }) => value);
    const granted = installed?.scopes ?? [];
    for (const scope of granted.filter((one) => !known.includes(one)))
      select.append(element("option", { value: scope }));
    for (const option of select.options) {
      const text = granted.includes(option.value) ? option.value : `${option.value} (not given)`;
      if (option.textContent !== text) option.textContent = text;
    }
    select.closest(".row").style.display = select.options.length === 0 ? "none" : "";
  }
}

function idOf(portalId) {
  return `scope-${portalId}`;
}
