import { z } from "zod";
import { FaultInput } from "../faults";
import { notFound } from "../http/api-error";
import { parseBody } from "../http/parse-body";
import { noContent, ok, type Reply } from "../http/reply";
import { unknownScopes } from "../oauth/scopes";
import { uninstall } from "../oauth/uninstall";
import { Settings } from "../settings";
import { accountOf, type ControlCall, type ControlRoute } from "./control-call";

const path = "/sandbox/api";
const account = `${path}/accounts/:portalId`;

export const sandboxControlRoutes: ControlRoute[] = [
  { method: "GET", pattern: `${path}/state`, handle: (call) => ok(state(call)) },
  { method: "POST", pattern: `${path}/reset`, handle: reset },
  { method: "PATCH", pattern: `${path}/settings`, handle: changeSettings },
  { method: "PUT", pattern: `${path}/faults`, handle: setFaults },
  { method: "PATCH", pattern: `${path}/clock`, handle: changeClock },
  { method: "DELETE", pattern: `${path}/counters`, handle: clearCounters },
  { method: "POST", pattern: `${path}/webhooks/retry`, handle: retryWebhooks },
  { method: "POST", pattern: `${account}/revoke-tokens`, handle: revokeTokens },
  { method: "POST", pattern: `${account}/expire-tokens`, handle: expireTokens },
  { method: "POST", pattern: `${account}/uninstall`, handle: uninstallApp },
  { method: "DELETE", pattern: `${account}/scopes/:scope`, handle: takeScope },
  { method: "PUT", pattern: `${account}/scopes/:scope`, handle: giveScope },
];

/** In milliseconds; far enough for any test, and the date stays one. */
const tenYears = 10 * 365 * 24 * 60 * 60_000;
const ClockChange = z.strictObject({
  advanceMs: z.number().int().min(0).max(tenYears).optional(),
  frozen: z.boolean().optional(),
});

function state({ sandbox }: ControlCall) {
  const { outbox, journal } = sandbox;
  return {
    accounts: [...sandbox.accounts.values()].map(({ portalId, info, contacts }) => ({
      portalId,
      name: info.name,
      user: info.user,
      contacts: contacts.size,
      installed: sandbox.grants.installed(portalId) ?? null,
    })),
    settings: sandbox.settings.get(),
    clock: sandbox.clock.read(),
    faults: sandbox.faults.get(),
    requests: sandbox.counters.read(),
    webhooks: {
      delivered: outbox.delivered,
      pending: outbox.pending,
      failedAttempts: outbox.failedAttempts,
      lost: outbox.lost,
    },
    journal: {
      subscriptions: journal.subscriptions.all().length,
      files: journal.log.published().length,
      unpublishedEvents: journal.log.waiting,
    },
  };
}

function reset(call: ControlCall): Reply {
  const { seed } = parseBody(
    z.strictObject({ seed: z.enum(["demo", "empty"]).default("demo") }),
    call.body ?? {},
  );
  call.sandbox.reset(seed);
  return ok(state(call));
}

function changeSettings({ sandbox, body }: ControlCall): Reply {
  const changes = parseBody(Settings.partial().strict(), body);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const settings = sandbox.settings.change(given);
  sandbox.outbox.retryNow();
  return ok(settings);
}

function setFaults({ sandbox, body }: ControlCall): Reply {
  sandbox.faults.set(parseBody(FaultInput, body));
  return ok(sandbox.faults.get());
}

function clearCounters({ sandbox }: ControlCall): Reply {
  sandbox.counters.clear();
  return noContent;
}

function retryWebhooks({ sandbox }: ControlCall): Reply {
  sandbox.outbox.retryNow();
  return noContent;
}

function revokeTokens(call: ControlCall): Reply {
  call.sandbox.grants.revokeAll(accountOf(call).portalId);
  return noContent;
}

function expireTokens(call: ControlCall): Reply {
  call.sandbox.grants.expireAccess(accountOf(call).portalId);
  return noContent;
}

function uninstallApp(call: ControlCall): Reply {
  uninstall(call.sandbox, accountOf(call));
  return noContent;
}

function takeScope(call: ControlCall): Reply {
  return changeScopes(call, (scopes, scope) => scopes.filter((one) => one !== scope));
}

function giveScope(call: ControlCall): Reply {
  return changeScopes(call, (scopes, scope) => [...new Set([...scopes, scope])]);
}

function changeScopes(call: ControlCall, change: (scopes: string[], scope: string) => string[]): Reply {
  const { portalId } = accountOf(call);
  const { grants } = call.sandbox;
  const scope = call.params.scope ?? "";
  const installed = grants.installed(portalId);
  if (!installed) throw notFound(`The app is not connected to account ${portalId}`);
  if (unknownScopes([scope]).length > 0) throw notFound(`There is no scope ${scope}`);
  grants.setScopes(portalId, change(installed.scopes, scope));
  return ok(grants.installed(portalId));
}

function changeClock({ sandbox, body }: ControlCall): Reply {
  const { advanceMs, frozen } = parseBody(ClockChange, body);
  if (frozen === true) sandbox.clock.freeze();
  if (advanceMs !== undefined) sandbox.clock.advance(advanceMs);
  if (frozen === false) sandbox.clock.resume();
  sandbox.outbox.wake();
  return ok(sandbox.clock.read());
}
