import { resolve } from "node:path";
import { root } from "../bootstrap/root.mjs";
import { givenOptions } from "../given-options";

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
  const values = givenOptions(
    args,
    {
      dev: { type: "boolean", default: false },
      "data-dir": { type: "string", default: ".data" },
      "free-ports": { type: "boolean", default: false },
      "no-sample-data": { type: "boolean", default: false },
      "no-env-file": { type: "boolean", default: false },
    },
    usage,
  );
  return {
    dev: values.dev,
    dataDir: resolve(root, values["data-dir"]),
    freePorts: values["free-ports"],
    sampleData: !values["no-sample-data"],
    envFile: !values["no-env-file"],
  };
}

const usage =
  "Flags: --dev, --data-dir <folder>, --free-ports, --no-sample-data, --no-env-file (after `npm start --`).";
