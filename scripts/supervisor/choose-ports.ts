import { Fault } from "../bootstrap/fault.mjs";
import { anyFreePort, isFree, nextFreePort } from "./free-port";
import type { Given } from "./given-environment";

export type Ports = { app: number; sandbox: number; runner: number; database: number };

const usual: Ports = { app: 3000, sandbox: 3001, runner: 3002, database: 5433 };

/** A port that is taken gives way to the next free one, unless the person named it: then it is said. */
export async function choosePorts(given: Given, free: boolean): Promise<Ports> {
  const taken = new Set<number>();
  const choose = async (usualPort: number) => {
    const port = free ? await anyFreePort(taken) : await nextFreePort(usualPort, taken);
    taken.add(port);
    return port;
  };
  if (given.PORT !== undefined) taken.add(await namedPort(given.PORT));
  const [named] = taken;
  return {
    app: named ?? (await choose(usual.app)),
    sandbox: await choose(usual.sandbox),
    runner: await choose(usual.runner),
    database: await choose(usual.database),
  };
}

async function namedPort(value: string): Promise<number> {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Fault(`PORT is "${value}": it must be a number from 1 to 65535.`);
  if (await isFree(port)) return port;
  throw new Fault(
    `Port ${port} is taken by another program (or this user may not use it). Stop that program, set PORT to another number, or unset PORT to take the next free one.`,
  );
}
