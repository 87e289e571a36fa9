import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { exchange } from "@/sandbox/hubspot/http/exchange";
import { openSandbox } from "@/sandbox/hubspot/sandbox";
import { checkRecordings, isInOrder } from "@/scripts/test/contract/check-recordings";
import type { Contract } from "@/scripts/test/contract/open-contract";
import { reportLines } from "@/scripts/test/contract/print-report";
import { ACCOUNT, APP, SCOPES } from "@/tests/sandbox/test-sandbox";

const contacts = "/crm/objects/2026-03/contacts";

// Stands for HubSpot's files, which not everybody has: it knows one call, and one fault each way.
const contract: Contract = {
  idle: [],
  operation: (method, url) => (url.startsWith(contacts) ? `${method} ${contacts}` : undefined),
  requestFaults: ({ url }) => (url.includes("limt") ? ["query limt: not in spec"] : []),
  answerFaults: ({ answer }) => (answer?.status === 418 ? ["status 418 not in spec"] : []),
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recordings-"));
  vi.stubEnv("SANDBOX_RECORDING_DIR", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function openAccount() {
  const sandbox = openSandbox({ ...APP, seed: "empty" });
  const grant = { portalId: ACCOUNT, userId: 1, scopes: SCOPES };
  const { token } = sandbox.grants.issueAccess(grant, sandbox.grants.install(grant));
  return {
    sandbox,
    get: (url: string, agent = "node") =>
      exchange(sandbox, {
        method: "GET",
        url,
        headers: { authorization: `Bearer ${token}`, accept: "application/json", "user-agent": agent },
      }),
  };
}

describe("the check of what the sandboxes recorded", () => {
  it("counts every call, keeps one of each shape, and no credentials", async () => {
    const { get } = openAccount();
    for (let nr = 0; nr < 5; nr++) await get(`${contacts}?limit=10`);
    await get(`${contacts}?limit=20`);
    const report = checkRecordings(folder, contract);
    expect(report).toMatchObject({ exchanges: 6, shapes: 2, violations: [], undescribed: [] });
    expect(report.ours).toEqual([{ operation: `GET ${contacts}`, count: 6, statuses: [200] }]);
    expect(isInOrder(report)).toBe(true);
    expect(reportLines(report).join("\n")).toContain("100 % described");
    expect(JSON.stringify(report)).not.toContain("Bearer");
  });

  it("finds what the connector declares and no test had it call, which counts once every test ran", async () => {
    const { get } = openAccount();
    const declared = [`GET ${contacts}`, `DELETE ${contacts}`];
    // A call that a test makes itself covers nothing.
    await get(contacts, "sandbox-test");
    expect(checkRecordings(folder, contract, declared).uncovered).toEqual(declared);
    await get(contacts);
    const report = checkRecordings(folder, contract, declared);
    expect(report.uncovered).toEqual([`DELETE ${contacts}`]);
    expect([isInOrder(report), isInOrder(report, true)]).toEqual([true, false]);
    expect(reportLines(report, true).join("\n")).toContain(`called by no test: DELETE ${contacts}`);
    expect(reportLines(report).join("\n")).toContain("1 of the 2 operations");
    expect(isInOrder(checkRecordings(folder, contract, [`GET ${contacts}`]), true)).toBe(true);
  });

  it("finds a wrong request of ours and leaves a test's own alone", async () => {
    const { get } = openAccount();
    await get(`${contacts}?limt=10`, "sandbox-test");
    expect(checkRecordings(folder, contract).violations).toEqual([]);
    await get(`${contacts}?limt=10`);
    const report = checkRecordings(folder, contract);
    expect(report.violations).toMatchObject([{ fault: "request: query limt: not in spec", count: 1 }]);
    expect(isInOrder(report)).toBe(false);
  });

  it("finds a wrong answer, whoever asked", async () => {
    const { sandbox, get } = openAccount();
    sandbox.faults.set({ failNext: { count: 1, status: 418 } });
    await get(contacts, "Mozilla/5.0");
    expect(checkRecordings(folder, contract).violations).toMatchObject([
      { fault: "answer 418: status 418 not in spec", count: 1 },
    ]);
  });

  it("finds a call of ours that HubSpot does not describe, but not the pages for people", async () => {
    const { get } = openAccount();
    await get("/oauth/authorize?client_id=x");
    expect(isInOrder(checkRecordings(folder, contract))).toBe(true);
    await get("/crm/v3/objects/contacts");
    const report = checkRecordings(folder, contract);
    expect(report.undescribed).toMatchObject([{ operation: "GET /crm/v3/objects/contacts", count: 1 }]);
    expect(isInOrder(report)).toBe(false);
  });

  it("reads past half a line that a killed sandbox left", async () => {
    const { get } = openAccount();
    await get(contacts);
    const [file = ""] = readdirSync(folder);
    appendFileSync(join(folder, file), '{"shape":"x');
    expect(checkRecordings(folder, contract).exchanges).toBe(1);
  });
});
