import type { Account } from "../account/account";
import { scopeTexts } from "./scopes";

export function chooserPage(accounts: Account[], query: string): string {
  const items = accounts.map(({ portalId, info, contacts }) => {
    const href = safe(`/oauth/${portalId}/authorize?${query}`);
    return `<li><a class="account" href="${href}">
      <span class="mark" aria-hidden="true">${safe(info.name.charAt(0))}</span>
      <span><strong>${safe(info.name)}</strong><small>Account ${portalId} · ${contacts.size} contacts</small></span>
      <span class="arrow" aria-hidden="true">→</span></a></li>`;
  });
  return layout(
    "Choose an account",
    `<p class="lead">Which HubSpot account do you want to connect?</p><ul class="accounts">${items.join("")}</ul>`,
  );
}

export function permissionPage(account: Account, scopes: string[], input: URLSearchParams): string {
  const hidden = [...input]
    .filter(([name]) => name !== "decision")
    .map(([name, value]) => `<input type="hidden" name="${safe(name)}" value="${safe(value)}">`);
  const lines = scopes.map(
    (scope) => `<li>${safe(scopeTexts[scope] ?? scope)}<code>${safe(scope)}</code></li>`,
  );
  const back = new URLSearchParams(input);
  back.delete("decision");
  return layout(
    "Connect the app",
    `<p class="lead">The app asks for access to <strong>${safe(account.info.name)}</strong> (account ${account.portalId}). It will be able to:</p>
    <ul class="scopes">${lines.join("")}</ul>
    <form method="post" action="/oauth/${account.portalId}/authorize">${hidden.join("")}
      <div class="actions">
        <button class="primary" name="decision" value="connect">Connect app</button>
        <button name="decision" value="cancel">Cancel</button>
        <a href="${safe(`/oauth/authorize?${back}`)}">Choose another account</a>
      </div>
    </form>`,
  );
}

export function faultPage(message: string): string {
  return layout("The app cannot be connected", `<p class="lead" role="alert">${safe(message)}</p>`);
}

function layout(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)} · Sandbox HubSpot</title><link rel="stylesheet" href="/page/theme.css"><link rel="stylesheet" href="/page/consent.css"></head>
<body class="consent"><main><p class="brand"><span aria-hidden="true" class="logo"></span>Sandbox HubSpot</p>
<h1>${safe(title)}</h1>${content}
<footer>This page stands in for HubSpot's own. It runs on this machine, and nothing leaves it.</footer></main></body></html>`;
}

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
