import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Fault } from "../bootstrap/fault.mjs";
import { root } from "../bootstrap/root.mjs";

export type Options = {
  dev: boolean;
  dataDir: string;
  /** Any free ports instead of the usual ones: for tests and benches, which run beside a developer's own start. */
  freePorts: boolean;
  sampleData: boolean;
  /** Whether `.env` is read. */
  envFile: boolean;
};

export function parseOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        dev: { type: "boolean", default: false },
        "data-dir": { type: "string", default: ".data" },
        "free-ports": { type: "boolean", default: false },
        "no-sample-data": { type: "boolean", default: false },
        "no-env-file": { type: "boolean", default: false },
      },
    });
    return {
      dev: values.dev,
      dataDir: resolve(root, values["data-dir"]),
      freePorts: values["free-ports"],
      sampleData: !values["no-sample-data"],
      envFile: !values["no-env-file"],
    };
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

const usage =
  "Flags: --dev, --data-dir <folder>, --free-ports, --no-sample-data, --no-env-file (after `npm start --`).";
