import { describe, expect, it } from "vitest";
import { exchange } from "@/sandbox/hubspot/http/exchange";
import { openSandbox } from "@/sandbox/hubspot/sandbox";
import { ACCOUNT, APP, SCOPES } from "./test-sandbox";

const contacts = "/crm/objects/2026-03/contacts";

function openInProcess() {
  const events: { subscriptionType: string; propertyName?: string }[] = [];
  const sandbox = openSandbox({ ...APP, seed: "empty", onEvent: (event) => events.push(event) });
  const grant = { portalId: ACCOUNT, userId: 1, scopes: SCOPES };
  const { token } = sandbox.grants.issueAccess(grant, sandbox.grants.install(grant));
  const json = { "Content-Type": "application/json", "User-Agent": "sandbox-test" };
  return {
    sandbox,
    events,
    call: async (method: string, url: string, body?: unknown) => {
      const headers = { ...json, Authorization: `Bearer ${token}` };
      const answer = await exchange(sandbox, {
        method,
        url,
        headers,
        body: body === undefined ? body : JSON.stringify(body),
      });
      if (answer === "drop") return answer;
      return { ...answer, content: JSON.parse(answer.content ?? "null") };
    },
    control: (method: string, path: string, body: unknown) =>
      exchange(sandbox, { method, url: `/sandbox/api${path}`, headers: json, body: JSON.stringify(body) }),
  };
}

describe("a sandbox inside a program", () => {
  it("answers calls without a socket or a folder", async () => {
    const { call } = openInProcess();
    const properties = { email: "ana@example.com" };
    expect(await call("POST", contacts, { properties })).toMatchObject({
      status: 201,
      headers: { "content-type": "application/json;charset=utf-8" },
      content: { properties },
    });
    expect(await call("POST", contacts, { properties })).toMatchObject({ status: 409 });
  });

  it("hands every event to the program in place of webhooks", async () => {
    const { control, events } = openInProcess();
    await control("POST", `/accounts/${ACCOUNT}/contacts`, { properties: { email: "bo@example.com" } });
    expect(events).toMatchObject([
      { subscriptionType: "contact.creation" },
      { subscriptionType: "contact.propertyChange", propertyName: "email" },
    ]);
  });

  it("drops the connection where it is told to", async () => {
    const { sandbox, call } = openInProcess();
    sandbox.faults.set({ down: { ms: 60_000, mode: "drop" } });
    expect(await call("GET", contacts)).toBe("drop");
  });
});
