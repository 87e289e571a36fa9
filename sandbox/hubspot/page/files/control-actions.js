import { setWrongSecret } from "/page/control-faults.js";
import { button, card, checkField, field, numberField, row } from "/page/control-fields.js";
import { scopeRow } from "/page/control-scopes.js";
import { check } from "/page/control-settings.js";
import { byId, element } from "/page/element.js";
import { request } from "/page/request.js";

const HOUR = 3_600_000;

export function clockCard(clock, act) {
  const move = (body, sentence) => act(() => request("PATCH", "/clock", body), sentence);
  const ahead = (text, ms) =>
    button(text, () => move({ advanceMs: ms }, `The clock was moved ahead (${text}).`));
  const stopped = checkField("clock-frozen", "Stop the clock", {
    onChange: (input) =>
      move({ frozen: input.checked }, input.checked ? "The clock stands still." : "The clock goes on."),
  });
  stopped.querySelector("input").checked = clock.frozen;
  return card(
    "Time",
    "Tokens, retries, the journal and the recycle bin go by this clock.",
    element("p", { className: "clock", id: "clock" }),
    stopped,
    row(
      ahead("+1 minute", 60_000),
      ahead("+1 hour", HOUR),
      ahead("+1 day", 24 * HOUR),
      ahead("+4 days", 96 * HOUR),
    ),
  );
}

export function accountsCard(accounts, save, saveFaults, act) {
  const of = (account) => {
    const { portalId, name } = account;
    const post = (path, sentence) => () =>
      act(() => request("POST", `/accounts/${portalId}/${path}`), `${name}: ${sentence}`);
    return element(
      "fieldset",
      { className: "account" },
      element("legend", {}, name),
      row(
        button("Let access tokens expire", post("expire-tokens", "the access tokens have expired.")),
        button("Revoke all tokens", post("revoke-tokens", "all tokens are revoked."), "danger"),
        button("Uninstall the app", post("uninstall", "the app was uninstalled."), "danger"),
      ),
      scopeRow(account, act),
    );
  };
  return card(
    "Tokens and permissions",
    "What people and security teams do to a connection.",
    ...accounts.map(of),
    check("rotateRefreshTokens", "Each refresh gives a new refresh token and ends the old one", save),
    checkField("wrong-secret", "The app's client secret is taken for a wrong one", {
      onChange: (input) => {
        setWrongSecret(input.checked);
        return saveFaults();
      },
    }),
  );
}

export function dataCard(accounts, act) {
  const account = accountSelect("load-account", accounts);
  const load = () =>
    act(async () => {
      const count = Number(byId("load-count").value) || 1000;
      const { contacts } = await request("POST", `/accounts/${account.value}/contacts/load`, { count });
      return `The account has ${contacts.toLocaleString("en")} contacts now.`;
    });
  const reset = (seed) => () =>
    confirm("All contacts and connections of both accounts go. Continue?") &&
    act(async () => {
      await request("POST", "/reset", { seed });
      location.reload();
    }, "Everything is as at the first start.");
  const count = numberField("load-count", "Made-up contacts", "", {
    onChange: () => {},
    placeholder: "1000",
  });
  return card(
    "Data",
    "Loaded contacts send no webhooks. A reset ends connections and keeps the settings.",
    row(field("load-account", "Account", account), count),
    row(button("Load contacts", load, "primary")),
    row(
      button("Reset to the sample data", reset("demo"), "danger"),
      button("Reset to empty accounts", reset("empty"), "danger"),
    ),
  );
}

export function accountSelect(id, accounts) {
  return element(
    "select",
    { id },
    ...accounts.map(({ portalId, name }) => element("option", { value: String(portalId) }, name)),
  );
}
