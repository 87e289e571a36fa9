import type { ContractReport, Violation } from "./check-recordings";

/** What a person reads after the tests. `whole`: all of them ran. */
export function reportLines(report: ContractReport, whole = false): string[] {
  const { declared, uncovered, ours, undescribed, others, violations, exchanges, shapes, leftOut, idle } =
    report;
  const described = total(ours);
  const share = (100 * described) / Math.max(1, described + total(undescribed));
  return [
    `HubSpot contract: ${exchanges} exchanges of ${shapes} shapes`,
    `  ours: ${ours.length + undescribed.length} operations, ${described + total(undescribed)} calls, ${share.toFixed(share === 100 ? 0 : 1)} % described by HubSpot's files`,
    `  the connector's own: ${declared.length - uncovered.length} of the ${declared.length} operations that it declares were called`,
    ...(whole ? uncovered.map((operation) => `  ✗ declared, and called by no test: ${operation}`) : []),
    ...ours.map(
      ({ operation, count, statuses }) =>
        `    ${String(count).padStart(6)}  ${operation}  ${statuses.join(" ")}`,
    ),
    `  others': ${others.length} operations, ${total(others)} calls, of which the answers count`,
    ...undescribed.map(({ operation, count }) => `  ✗ not described: ${operation} (${count})`),
    ...idle.map((what) => `  ✗ a deviation that changes nothing any more: ${what}`),
    ...(leftOut > 0 ? [`  ✗ ${leftOut} shapes without an example: the recording was too long`] : []),
    `  violations: ${violations.length}`,
    ...violations.flatMap(violationLines),
  ];
}

function violationLines({ call, fault, count, example }: Violation): string[] {
  const body = fault.startsWith("request") ? example.request.body : example.answer?.body;
  return [`  ✗ ${call}: ${fault} (${count})`, `      ${example.method} ${example.url} ${shortened(body)}`];
}

function shortened(body: unknown): string {
  const text = JSON.stringify(body) ?? "";
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

function total(all: { count: number }[]): number {
  return all.reduce((sum, { count }) => sum + count, 0);
}
