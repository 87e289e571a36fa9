import { expect } from "vitest";
import type { Exchange } from "@/scripts/test/contract/exchange";
import type { Contract } from "@/scripts/test/contract/open-contract";
import type { TestSandbox } from "./test-sandbox";

export type ContractCalls = ReturnType<typeof contractCalls>;

/** Calls of the sandbox of which question and answer are held against HubSpot's own descriptions. */
export function contractCalls(sandbox: TestSandbox, contract: Contract) {
  function check(method: string, path: string, status: number, body: unknown, sent: unknown = null) {
    const exchange: Exchange = {
      method,
      url: path,
      request: {
        agent: "",
        accept: "*/*",
        contentType: path.startsWith("/oauth/") ? "application/x-www-form-urlencoded" : "application/json",
        authorization: path.startsWith("/oauth/") ? "" : "bearer",
        body: sent,
      },
      answer: { status, contentType: "application/json", body },
    };
    if (!contract.operation(method, path)) throw new Error(`No description covers ${method} ${path}`);
    const said = `${method} ${path} ${status}: ${JSON.stringify(body)}`;
    expect(contract.answerFaults(exchange), said).toEqual([]);
    if (status < 300) expect(contract.requestFaults(exchange), said).toEqual([]);
  }

  async function call<T = Record<string, unknown>>(
    method: string,
    path: string,
    status: number,
    body?: unknown,
  ) {
    const answer = await sandbox.call<T>(method, path, body);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
    check(method, path, status, answer.body, body);
    return answer.body;
  }

  return { check, call };
}
