import { existsSync } from "node:fs";
import { join } from "node:path";
import { explainFault } from "./explain-fault.mjs";
import { install } from "./install.mjs";
import { root } from "./root.mjs";

const programs = {
  start: "../supervisor/main.ts",
  "--dev": "../supervisor/main.ts",
  "--test": "../test/main.ts",
  "--verify": "../verify/main.ts",
  "--bench": "../bench/main.ts",
  "--mutate": "../mutate/main.ts",
  "--prove": "../prove/main.ts",
  "--simulate": "../simulate/main.ts",
  "--rotate-key": "../rotate-key/main.ts",
};

/** Installs what is missing, then hands over to the TypeScript program behind the command. */
export async function run(args) {
  const mode = args[0] in programs ? args[0] : "start";
  process.chdir(root);
  try {
    if (!existsSync(join(root, "package-lock.json"))) throw new Error("package-lock.json is missing.");
    await install();
    const { register } = await import("tsx/esm/api");
    register();
    const { main } = await import(new URL(programs[mode], import.meta.url).href);
    await main(mode === "start" || mode === "--dev" ? args : args.slice(1));
  } catch (error) {
    console.error(`\n${explainFault(error)}`);
    process.exit(1);
  }
}
