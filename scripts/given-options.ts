import { type ParseArgsConfig, parseArgs } from "node:util";
import { Fault } from "./bootstrap/fault.mjs";

/** What stands after a command. For an option that it does not have, it tells its usage. */
export function givenOptions<const T extends NonNullable<ParseArgsConfig["options"]>>(
  args: string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
