import { useRef, useState } from "react";

/** Functions that are the same at every render, and do what those of the latest one do. */
export function useStable<Acts extends { [Name in keyof Acts]: (...args: never[]) => unknown }>(
  acts: Acts,
): Acts {
  const latest = useRef(acts);
  latest.current = acts;
  const [stable] = useState(() => {
    const entries = Object.keys(acts).map((name) => {
      const key = name as keyof Acts;
      return [name, (...args: never[]) => latest.current[key](...args)];
    });
    // The same names, each with what its own act takes and gives.
    return Object.fromEntries(entries) as Acts;
  });
  return stable;
}
