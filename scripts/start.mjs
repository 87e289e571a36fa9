// The door to every command. Node built-ins only: it runs before node_modules exist.
import { checkNode } from "./bootstrap/check-node.mjs";

checkNode();
process.env.NEXT_TELEMETRY_DISABLED = "1";
const { run } = await import("./bootstrap/run.mjs");
await run(process.argv.slice(2));
