import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

const atOnce = 50;

/**
 * What is asked once for each of these keys, many together, and then kept: `name` tells it from what else is asked. Where it
 * cannot be read it is left out. `ask` answers by key; for what it does not name there is nothing to say.
 */
export function useAskedOnce<Answer>(
  name: string[],
  keys: string[],
  ask: (keys: string[], signal: AbortSignal) => Promise<Record<string, Answer>>,
): (key: string) => Answer | undefined {
  const [known, setKnown] = useState<Record<string, Answer | null>>({});
  const missing = keys.filter((key) => !Object.hasOwn(known, key)).slice(0, atOnce);
  useQuery({
    queryKey: [...name, missing],
    enabled: missing.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }) => {
      const told = await ask(missing, signal);
      const news = Object.fromEntries(missing.map((key) => [key, told[key] ?? null]));
      setKnown((before) => ({ ...before, ...news }));
      return missing.length;
    },
  });
  return (key) => known[key] ?? undefined;
}
