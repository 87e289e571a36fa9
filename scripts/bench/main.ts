import { readdirSync } from "node:fs";
import { Fault } from "../bootstrap/fault.mjs";

/** `npm run bench -- <name>`: runs `main(args)` of the bench of that name. */
export async function main([name, ...args]: string[]): Promise<void> {
  const benches = readdirSync(new URL("./", import.meta.url))
    .filter((file) => file.endsWith(".ts") && file !== "main.ts")
    .map((file) => file.slice(0, -".ts".length));
  if (!name || !benches.includes(name))
    throw new Fault(`Which bench? npm run bench -- ${benches.join(" | ") || "<none yet>"}`);
  const bench: { main(args: string[]): Promise<void> } = await import(
    new URL(`./${name}.ts`, import.meta.url).href
  );
  await bench.main(args);
}
