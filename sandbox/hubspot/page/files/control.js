import { accountsCard, clockCard, dataCard } from "/page/control-actions.js";
import { faultsCard, noticesCard, readFaults, showFaults } from "/page/control-faults.js";
import { propertyCard } from "/page/control-property.js";
import { showScopes } from "/page/control-scopes.js";
import { limitsCard, readsCard, showSettings } from "/page/control-settings.js";
import { drawState } from "/page/control-state.js";
import { byId } from "/page/element.js";
import { request } from "/page/request.js";

const REFRESH_MS = 1000;
const badDay = {
  latencyMs: 400,
  shares: { tooManyRequests: 0.05, serverError: 0.03, drop: 0.02, applyThenDrop: 0.02 },
  webhooks: { lose: 0.05, double: 0.1, late: 0.2, lateMs: 20_000, shuffle: true },
};

async function start() {
  const { accounts, settings, faults, clock } = await request("GET", "/state");
  byId("cards").append(
    faultsCard(saveFaults),
    noticesCard(saveFaults, saveSettings, act),
    limitsCard(saveSettings),
    readsCard(saveSettings),
    clockCard(clock, act),
    dataCard(accounts, act),
    accountsCard(accounts, saveSettings, saveFaults, act),
    await propertyCard(accounts, act),
  );
  showSettings(settings);
  showFaults(faults);
  byId("bad-day").addEventListener("click", () => putFaults(badDay, "A bad day has begun."));
  byId("all-well").addEventListener("click", () => putFaults({}, "All faults have ended."));
  byId("clear-counters").addEventListener("click", () =>
    act(() => request("DELETE", "/counters"), "Counting begins anew."),
  );
  await refresh();
  setInterval(() => {
    if (!document.hidden) refresh();
  }, REFRESH_MS);
}

async function refresh() {
  try {
    const state = await request("GET", "/state");
    drawState(state);
    showScopes(state.accounts);
    // What was used up, or set elsewhere; never while somebody types.
    if (document.activeElement?.matches("input, select, textarea")) return;
    showFaults(state.faults);
    showSettings(state.settings);
  } catch {
    byId("app-state").textContent = "The sandbox does not answer";
    byId("app-state").className = "app-state lost";
  }
}

function saveFaults() {
  return putFaults(readFaults(), "Saved.");
}

function putFaults(faults, sentence) {
  return act(async () => showFaults(await request("PUT", "/faults", faults)), sentence);
}

function saveSettings(changes) {
  return act(async () => showSettings(await request("PATCH", "/settings", changes)), "Saved.");
}

/** Does it, says so, and shows what came of it. */
async function act(run, sentence) {
  try {
    const said = await run();
    notify(typeof said === "string" ? said : sentence, true);
  } catch (error) {
    notify(error.message, false);
  }
  await refresh();
}

function notify(text, good) {
  byId("notice").textContent = text;
  byId("notice").className = good ? "notice good" : "notice";
}

start().catch((error) => notify(error.message, false));
