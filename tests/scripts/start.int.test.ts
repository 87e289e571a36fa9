// One supervisor owns every part: it brings back what dies, and leaves nothing behind, however it ends itself.
// Verifies: R-95
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { identify } from "@/scripts/bootstrap/process-identity.mjs";
import { type PartName, type Product, partNames, spawnProduct, startProduct } from "../support/start-product";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

// A start takes half a minute: each of these products ends by another signal, and leaves nothing behind.
describe("a product", () => {
  it("makes its secrets once, closed to others, and refuses to start beside itself or without them; ends on SIGHUP", async () => {
    const dataDir = newFolder();
    const first = await startProduct({ dataDir, sampleData: false });
    const secrets = readFileSync(join(dataDir, "secrets.json"), "utf8");
    expect(await refusal(spawnProduct(dataDir))).toContain(`already runs in this folder at ${first.appUrl}`);
    await endsWithoutTrace(first, "SIGHUP");
    expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(JSON.parse(secrets).INNGEST_SIGNING_KEY).toMatch(/^signkey-prod-[0-9a-f]{64}$/);

    const second = await startProduct({ dataDir, sampleData: false });
    await second.stop();
    expect(readFileSync(join(dataDir, "secrets.json"), "utf8")).toBe(secrets);

    rmSync(join(dataDir, "secrets.json"));
    expect(await refusal(spawnProduct(dataDir))).toContain("secrets.json is gone");
  });

  it("starts each part again after kill -9, and keeps what was written; ends on SIGINT", async () => {
    const product = await startProduct({ dataDir: newFolder() });
    onTestFinished(product.stop);
    const before = await prospectCount(product);
    expect(before).toBe(300);
    for (const part of partNames) {
      const pid = product.partPid(part);
      product.kill(part);
      await until(() => product.partPid(part) !== pid && answersAgain(product, part));
    }
    expect(await prospectCount(product)).toBe(before);
    await endsWithoutTrace(product, "SIGINT");
  });

  it("starts after its supervisor was killed with -9, and ends the parts that were left running; ends on SIGTERM", async () => {
    const dataDir = newFolder();
    const killed = await startProduct({ dataDir });
    const orphans = pidsOf(killed);
    process.kill(killed.pid, "SIGKILL");
    await until(() => identify(killed.pid) === undefined);
    // One may end by itself when nobody reads what it says any more.
    expect(orphans.filter((pid) => identify(pid))).not.toEqual([]);

    const product = await startProduct({ dataDir });
    onTestFinished(product.stop);
    expect(orphans.filter((pid) => identify(pid))).toEqual([]);
    expect(await prospectCount(product)).toBe(300);
    await endsWithoutTrace(product, "SIGTERM");
  });
});

it("serves with hot reload on the same parts", async () => {
  const product = await startProduct({ dev: true });
  onTestFinished(product.stop);
  expect((await fetch(`${product.appUrl}/sign-in`)).status).toBe(200);
});

describe("a start that cannot go on", () => {
  it("says that the port somebody named is taken", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });
    onTestFinished(() => void server.close());
    const said = await refusal(spawnProduct(newFolder(), { env: { PORT: String(port) } }));
    expect(said).toContain(`Port ${port} is taken`);
  });

  it("names everything that is missing or malformed in the environment at once", async () => {
    const env = {
      HUBSPOT_CLIENT_ID: "id",
      APP_URL: "not a url",
      NEXTAUTH_SECRET: "short",
      OIDC_ISSUER: "https://id.example",
    };
    const said = await refusal(spawnProduct(newFolder(), { env }));
    for (const name of [
      "HUBSPOT_CLIENT_SECRET",
      "HUBSPOT_APP_ID",
      "APP_URL",
      "NEXTAUTH_SECRET",
      "OIDC_CLIENT_ID",
    ])
      expect(said).toMatch(new RegExp(`^ {2}${name}: `, "m"));
  });

  it("says that the person's own database cannot be reached, without its password", async () => {
    const env = { DATABASE_URL: "postgres://me:hush-hush@127.0.0.1:1/app" };
    const said = await refusal(spawnProduct(newFolder(), { env }));
    expect(said).toContain("the database app at 127.0.0.1:1 cannot be used (ECONNREFUSED)");
    expect(said).not.toContain("hush-hush");
  });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "start-test-"));
  folders.push(folder);
  return folder;
}

async function prospectCount({ databaseUrl }: Product): Promise<number> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    const [row] = await sql`select count(*)::int as count from prospects`;
    return row?.count;
  } finally {
    await sql.end();
  }
}

async function answersAgain(product: Product, part: PartName): Promise<boolean> {
  const urls = {
    web: `${product.appUrl}/api/health`,
    sandbox: product.sandboxUrl,
    runner: product.runnerUrl,
  };
  if (part === "postgres")
    return prospectCount(product).then(
      () => true,
      () => false,
    );
  return fetch(urls[part]).then(
    () => true,
    () => false,
  );
}

async function endsWithoutTrace(product: Product, signal: NodeJS.Signals): Promise<void> {
  const parts = pidsOf(product);
  process.kill(product.pid, signal);
  await until(() => identify(product.pid) === undefined);
  expect([...parts, ...processesThatMention(product.dataDir)].filter((pid) => identify(pid))).toEqual([]);
}

function pidsOf(product: Product): number[] {
  return partNames.map((part) => product.partPid(part) ?? -1);
}

function processesThatMention(folder: string): number[] {
  if (process.platform !== "linux") return [];
  const mine = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid);
  return mine
    .filter((pid) => spawnSync("grep", ["-q", folder, `/proc/${pid}/cmdline`]).status === 0)
    .map(Number);
}

async function refusal({ child, output }: ReturnType<typeof spawnProduct>): Promise<string> {
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect(code).toBe(1);
  return output();
}

async function until(question: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await question())) {
    if (Date.now() > end) throw new Error("It did not happen within 30 s");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
