import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { keysToAsk, msBeforeTry, split } from "./keys-to-ask";

/**
 * What is asked once for each of these keys, many together, and then kept: `name` tells it from what else is asked. `ask`
 * answers by key: what it leaves out is asked again after a while, a few times, and keeps no other from being asked.
 */
export function useAskedOnce<Answer>(
  name: string[],
  keys: string[],
  ask: (keys: string[], signal: AbortSignal) => Promise<Record<string, Answer>>,
): (key: string) => Answer | undefined {
  const [known, setKnown] = useState<Record<string, Answer>>({});
  const [failed, setFailed] = useState<Record<string, number>>({});
  const missing = keysToAsk(keys, known, failed);
  const failures = failed[missing[0] ?? ""] ?? 0;
  useQuery({
    queryKey: [...name, missing, failures],
    enabled: missing.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }) => {
      await pause(msBeforeTry(failures), signal);
      const { answered, unanswered } = split(missing, await answersOf(missing, signal));
      setKnown((before) => ({ ...before, ...answered }));
      setFailed((before) => ({
        ...before,
        ...Object.fromEntries(unanswered.map((key) => [key, (before[key] ?? 0) + 1])),
      }));
      return missing.length;
    },
  });
  async function answersOf(asked: string[], signal: AbortSignal): Promise<Record<string, Answer>> {
    try {
      return await ask(asked, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return {};
    }
  }
  return (key) => known[key];
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
