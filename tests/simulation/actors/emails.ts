import type { World } from "../world";

/** From a small pool, so that people often want an address that somebody has. */
export function anEmail({ random }: Pick<World, "random">): string {
  const name = `p${random.below(7)}@people.example`;
  return random.chance(0.1) ? name.toUpperCase() : name;
}
