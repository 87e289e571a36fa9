import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "./fault.mjs";
import { waitForLock } from "./lock.mjs";
import { mendPostgres } from "./mend-postgres.mjs";
import { root } from "./root.mjs";

const lockFile = join(root, "package-lock.json");
const modules = join(root, "node_modules");
// Inside node_modules, so that it goes with them: `npm ci` removes it first and a killed install leaves none.
const stamp = join(modules, ".installed");

/** Installs the packages when they are missing, incomplete or of another lock file. */
export async function install() {
  await installWhenNeeded();
  mendPostgres(modules);
}

async function installWhenNeeded() {
  const wanted = fingerprint();
  if (read(stamp) === wanted) return;
  mkdirSync(join(root, ".data", "run"), { recursive: true, mode: 0o700 });
  const lock = await waitForLock(join(root, ".data", "run", "install.json"), () =>
    console.log("  Waiting for another install in this folder"),
  );
  try {
    if (read(stamp) === wanted) return;
    if (!installedByHand()) await installPackages();
    writeFileSync(stamp, wanted);
  } finally {
    lock.release();
  }
}

async function installPackages() {
  console.log("  Installing packages (about a minute the first time)");
  const started = Date.now();
  rmSync(stamp, { force: true });
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = await runNpm(args);
  if (code !== 0)
    throw new Fault(`npm ci failed (${code}): its message is above. Put it right and run the command again.`);
  console.log(`  Packages installed  ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function runNpm(args) {
  const cli = process.env.npm_execpath;
  const [command, all] =
    cli && /npm-cli\.[cm]?js$/.test(cli) ? [process.execPath, [cli, ...args]] : ["npm", args];
  const env = { ...process.env, NODE_ENV: "" };
  const child = spawn(command, all, {
    cwd: root,
    env,
    stdio: "inherit",
    shell: command === "npm" && process.platform === "win32",
  });
  return new Promise((resolve, reject) => {
    child.on("error", (error) =>
      reject(
        error.code === "ENOENT"
          ? new Fault("npm was not found. It comes with Node: install both from https://nodejs.org.")
          : error,
      ),
    );
    child.on("exit", (code, signal) => resolve(code ?? signal));
  });
}

/** True when npm itself finished here for this lock file: it writes its own list last of all. */
function installedByHand() {
  const hidden = readJson(join(modules, ".package-lock.json"));
  const wanted = readJson(lockFile);
  if (!hidden || !wanted) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === "") return true;
    const found = hidden.packages[path];
    if (!found) return entry.optional === true || entry.peer === true;
    return found.version === entry.version && existsSync(join(root, path));
  });
}

function fingerprint() {
  const hash = createHash("sha256").update(readFileSync(lockFile));
  return hash.update(`${process.platform} ${process.arch}`).digest("hex");
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function readJson(file) {
  const text = read(file);
  return text === undefined ? undefined : JSON.parse(text);
}
