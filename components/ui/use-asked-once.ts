import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { keysToAsk } from "./keys-to-ask";

/**
 * What is asked once for each of these keys, many together, and then kept: `name` tells it from what else is asked. Where it
 * cannot be read after a few tries it is left out, and keeps no other from being asked. `ask` answers by key; for what it
 * does not name there is nothing to say.
 */
export function useAskedOnce<Answer>(
  name: string[],
  keys: string[],
  ask: (keys: string[], signal: AbortSignal) => Promise<Record<string, Answer>>,
): (key: string) => Answer | undefined {
  const [known, setKnown] = useState<Record<string, Answer | null>>({});
  const [failed, setFailed] = useState<Record<string, number>>({});
  const missing = keysToAsk(keys, known, failed);
  useQuery({
    queryKey: [...name, missing, missing.map((key) => failed[key] ?? 0)],
    enabled: missing.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }) => {
      try {
        const told = await ask(missing, signal);
        setKnown((before) => ({ ...before, ...each(missing, (key) => told[key] ?? null) }));
      } catch (error) {
        if (signal.aborted) throw error;
        setFailed((before) => ({ ...before, ...each(missing, (key) => (before[key] ?? 0) + 1) }));
      }
      return missing.length;
    },
  });
  return (key) => known[key] ?? undefined;
}

function each<T>(keys: string[], told: (key: string) => T): Record<string, T> {
  return Object.fromEntries(keys.map((key) => [key, told(key)]));
}
