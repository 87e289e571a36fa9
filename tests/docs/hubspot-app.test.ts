// The files and the guide from which people make the app in HubSpot say what the code asks for and understands.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { JOURNAL_SCOPES, OPTIONAL_SCOPES, REQUIRED_SCOPES } from "@/connectors/hubspot/scopes";
import { parseChangeNotices } from "@/connectors/hubspot/webhook-notices";
import { pushedProperties } from "@/services/change-notices/pushed-properties";
import { hubspotApp } from "@/services/connections/hubspot-app";

const root = join(import.meta.dirname, "../..");
const text = (path: string) => readFileSync(join(root, "docs/guides", path), "utf8");
const guide = text("production.md");
const app = JSON.parse(text("hubspot-app/src/app/app-hsmeta.json")).config;
const webhooks = JSON.parse(text("hubspot-app/src/app/webhooks/webhooks-hsmeta.json")).config;
type Subscription = { subscriptionType: string; propertyName?: string; active: boolean };
const subscriptions: Subscription[] = Object.values(webhooks.subscriptions as Subscription[][]).flat();
const pathOf = (url: string) => new URL(url).pathname;
/** What stands between backticks in the guide's row. */
const told = (row: string) => {
  const line = guide.split("\n").find((one) => one.startsWith(`| ${row} |`)) ?? "";
  return [...(line.split("|")[2] ?? "").matchAll(/`([^`]+)`/g)].map(([, word]) => word);
};

describe("the app's file", () => {
  it("asks for the scopes that connecting asks for, and the guide names the same", () => {
    expect(app.auth).toMatchObject({ requiredScopes: REQUIRED_SCOPES, optionalScopes: OPTIONAL_SCOPES });
    expect(told("required scopes")).toEqual(REQUIRED_SCOPES);
    expect(told("optional scopes")).toEqual(OPTIONAL_SCOPES);
    expect(told("scopes of the journal")).toEqual(JOURNAL_SCOPES);
  });

  it("sends people back to where connecting ends", () => {
    const path = pathOf(hubspotApp().redirectUri);
    expect(app.auth.redirectUrls.map(pathOf)).toEqual([path]);
    expect(told("redirect address")).toEqual([`<APP_URL>${path}`]);
    expect(existsSync(join(root, "app", path, "route.ts"))).toBe(true);
  });
});

describe("the webhooks' file", () => {
  it("sends them to the route that takes them, ten at a time", () => {
    const { targetUrl, maxConcurrentRequests } = webhooks.settings;
    expect(new URL(targetUrl).origin).toBe(new URL(app.auth.redirectUrls[0]).origin);
    expect(told("webhook address")).toEqual([`<APP_URL>${pathOf(targetUrl)}`]);
    expect(readFileSync(join(root, "app", pathOf(targetUrl), "route.ts"), "utf8")).toContain(
      "export async function POST(",
    );
    expect(maxConcurrentRequests).toBe(10);
  });

  it("subscribes what the route understands, and every property that is mapped from the start", () => {
    const kinds = [...new Set(subscriptions.map(({ subscriptionType }) => subscriptionType))];
    const known = ["creation", "deletion", "merge", "restore", "propertyChange", "privacyDeletion"];
    expect(kinds.sort()).toEqual(known.map((kind) => `contact.${kind}`).sort());
    expect([...told("subscriptions"), "contact.propertyChange"].sort()).toEqual(kinds);
    expect(subscriptions.every(({ active }) => active)).toBe(true);
    const properties = subscriptions.flatMap(({ propertyName }) => propertyName ?? []);
    expect(properties.sort()).toEqual([...pushedProperties].sort());
    const events = subscriptions.map(({ subscriptionType, propertyName }, eventId) => ({
      ...{ eventId, subscriptionType, propertyName, portalId: 1, occurredAt: 1, objectId: 7 },
      ...(subscriptionType === "contact.merge" ? { primaryObjectId: 7, mergedObjectIds: [8] } : {}),
    }));
    const { notices = [], unreadable } = parseChangeNotices(JSON.stringify(events)) ?? {};
    expect(unreadable).toBe(0);
    expect(notices).toHaveLength(subscriptions.length);
    expect(notices.every(({ contactIds }) => contactIds.includes("7"))).toBe(true);
  });
});
