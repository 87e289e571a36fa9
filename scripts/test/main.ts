import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startContractCheck } from "./contract/contract-check";
import {
  type Counts,
  closingLine,
  isGreen,
  playwrightCounts,
  sum,
  vitestCounts,
  withExitCode,
} from "./counts";
import { giveUpDurability, startTestServer } from "./embedded-server";
import { type ProgramOptions, runProgram, stopPrograms } from "./run-program";

/**
 * `npm test`: every test, on an embedded Postgres of its own, and beside them the stories in a browser, which mostly wait.
 * Where HUBSPOT_CONTRACT_DIR names HubSpot's description, the traffic of all of them is held against it.
 * Filters (`npm test -- tests/sync`) run only what they match.
 */
export async function main(filters: string[]): Promise<void> {
  const reports = mkdtempSync(join(tmpdir(), "test-reports-"));
  const contract = await startContractCheck(process.env.HUBSPOT_CONTRACT_DIR);
  const server = await startTestServer();
  process.once("exit", server.kill);
  await giveUpDurability(server.url);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stopPrograms);
  const env = { ...process.env, TEST_DATABASE_URL: server.url, ...contract.env };
  const all = filters.length === 0;
  const stories = filters.filter((filter) => /e2e/.test(filter));
  const others = filters.filter((filter) => !stories.includes(filter));
  const counts: Counts[] = [];
  try {
    const runs: Promise<Counts>[] = [];
    const wantsOthers = all || others.length > 0;
    const wantsStories = all || stories.length > 0;
    // People and their minutes take longest, so that what computes yields to them.
    if (wantsOthers) runs.push(runVitest(others, reports, env, { yielding: wantsStories }));
    if (wantsStories) runs.push(runPlaywright(stories, reports, env, { printAtEnd: wantsOthers }));
    counts.push(...(await Promise.all(runs)), contract.finish(all));
  } finally {
    await server.stop();
    contract.remove();
    rmSync(reports, { recursive: true, force: true });
  }
  const total = sum(counts);
  process.exitCode = isGreen(total) ? 0 : 1;
  console.log(`\n${closingLine(total)}`);
  process.exit();
}

async function runVitest(
  filters: string[],
  reports: string,
  env: NodeJS.ProcessEnv,
  options: ProgramOptions,
): Promise<Counts> {
  const report = join(reports, "vitest.json");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...filters];
  const code = await runProgram("vitest/vitest.mjs", args, { ...env, NODE_ENV: "test" }, options);
  return withExitCode(read(report, vitestCounts), code);
}

async function runPlaywright(
  filters: string[],
  reports: string,
  env: NodeJS.ProcessEnv,
  options: ProgramOptions,
): Promise<Counts> {
  const report = join(reports, "playwright.json");
  const args = ["test", "--reporter=list,json", ...filters];
  const reporting = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const code = await runProgram("@playwright/test/cli.js", args, reporting, options);
  return withExitCode(read(report, playwrightCounts), code);
}

function read(file: string, count: (report: unknown) => Counts): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  return count(JSON.parse(readFileSync(file, "utf8")));
}
