import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { declaredOperations } from "./declared-calls";
import { Exchange, isOurs } from "./exchange";
import { type Contract, isPage } from "./open-contract";

export type Violation = { call: string; fault: string; count: number; example: Exchange };
export type Used = { operation: string; count: number; statuses: number[] };
export type ContractReport = {
  exchanges: number;
  shapes: number;
  ours: Used[];
  /** Calls of the product that HubSpot does not describe. */
  undescribed: Used[];
  others: Used[];
  /** What the connector declares to call; and of that what no test had it call, which only a whole run can tell. */
  declared: string[];
  uncovered: string[];
  violations: Violation[];
  /** Shapes of which a recording was too long to keep an example. */
  leftOut: number;
  idle: string[];
};

const Line = z.object({ shape: z.string(), exchange: Exchange.optional(), leftOut: z.boolean().optional() });

/** Holds everything that the sandboxes of a test run recorded against HubSpot's description, both ways. */
export function checkRecordings(
  folder: string,
  contract: Contract,
  declared = declaredOperations(),
): ContractReport {
  const { kept, leftOut } = readRecordings(folder);
  const calls = kept.filter(({ exchange }) => !isPage(exchange.url));
  const [ours, others] = [calls.filter(isOfOurs), calls.filter((call) => !isOfOurs(call))];
  const described = ({ exchange }: Kept) => contract.operation(exchange.method, exchange.url) !== undefined;
  const used = usedOf(ours.filter(described), contract);
  return {
    exchanges: calls.reduce((sum, { count }) => sum + count, 0),
    shapes: calls.length,
    ours: used,
    declared,
    uncovered: declared.filter((operation) => !used.some((one) => one.operation === operation)),
    undescribed: usedOf(
      ours.filter((call) => !described(call)),
      contract,
    ),
    others: usedOf(others.filter(described), contract),
    violations: violations(calls, contract),
    leftOut,
    idle: contract.idle,
  };
}

/** `whole`: every test ran, so that nothing that the connector can call may be missing. */
export function isInOrder(
  { violations, leftOut, idle, undescribed, uncovered }: ContractReport,
  whole = false,
): boolean {
  if (whole && uncovered.length) return false;
  return violations.length + leftOut + idle.length + undescribed.length === 0;
}

type Kept = { exchange: Exchange; count: number };

function readRecordings(folder: string): { kept: Kept[]; leftOut: number } {
  const kept = new Map<string, Kept>();
  const counts = new Map<string, number>();
  const leftOut = new Set<string>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".jsonl")))
    for (const line of linesOf(join(folder, name))) {
      counts.set(line.shape, (counts.get(line.shape) ?? 0) + 1);
      if (line.exchange && !kept.has(line.shape)) kept.set(line.shape, { exchange: line.exchange, count: 0 });
      if (line.leftOut) leftOut.add(line.shape);
    }
  for (const [shape, call] of kept) call.count = counts.get(shape) ?? 0;
  return { kept: [...kept.values()], leftOut: [...leftOut].filter((shape) => !kept.has(shape)).length };
}

function linesOf(file: string) {
  const lines = readFileSync(file, "utf8").split("\n");
  // A sandbox that was killed may have left half a line at the end.
  return lines.slice(0, -1).map((line) => Line.parse(JSON.parse(line)));
}

function isOfOurs({ exchange }: Kept): boolean {
  return isOurs(exchange);
}

function usedOf(calls: Kept[], contract: Contract): Used[] {
  const all = new Map<string, Used>();
  for (const { exchange, count } of calls) {
    const operation = callOf(exchange, contract);
    const one = all.get(operation) ?? { operation, count: 0, statuses: [] };
    const status = exchange.answer?.status;
    if (status && !one.statuses.includes(status)) one.statuses.push(status);
    one.statuses.sort();
    all.set(operation, { ...one, count: one.count + count });
  }
  return [...all.values()].sort((a, b) => a.operation.localeCompare(b.operation));
}

function violations(calls: Kept[], contract: Contract): Violation[] {
  const all = new Map<string, Violation>();
  for (const { exchange, count } of calls) {
    const faults = [
      ...(isOurs(exchange) ? contract.requestFaults(exchange).map((fault) => `request: ${fault}`) : []),
      ...contract.answerFaults(exchange).map((fault) => `answer ${exchange.answer?.status}: ${fault}`),
    ];
    const call = callOf(exchange, contract);
    for (const fault of faults) {
      // The same fault in every item of a list is one.
      const key = `${call} ${fault.replace(/\/\d+(?=\/|\s)/g, "/*")}`;
      const known = all.get(key) ?? { call, fault, count: 0, example: exchange };
      all.set(key, { ...known, count: known.count + count });
    }
  }
  return [...all.values()];
}

function callOf({ method, url }: Exchange, contract: Contract): string {
  return contract.operation(method, url) ?? `${method} ${new URL(url, "http://hubspot").pathname}`;
}
