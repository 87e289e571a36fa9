"use client";

import { useEffect, useState } from "react";

type State<Draft> = {
  /** What the server last gave. */
  start: Draft;
  /** What the draft was made from. */
  base: Draft;
  draft: Draft;
  /** The server's values changed under a draft that somebody is working on. */
  moved: boolean;
};

/**
 * What a person entered and has not saved. It outlives reloads and the back button in this browser tab, follows
 * the server while nothing was entered, and never overwrites a colleague's change unasked.
 */
export function useDraft<Draft extends object>(key: string, start: Draft) {
  const [state, setState] = useState<State<Draft>>({ start, base: start, draft: start, moved: false });
  if (!same(state.start, start)) setState(followed(state, start));
  const touched = !same(state.draft, state.base);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was kept is taken up once, when the page opens
  useEffect(() => {
    const kept = readKept<Draft>(key);
    if (kept) setState(followed({ ...kept, start: kept.base, moved: false }, start));
  }, [key]);
  useEffect(() => {
    if (touched) sessionStorage.setItem(key, JSON.stringify({ base: state.base, draft: state.draft }));
    else sessionStorage.removeItem(key);
  }, [key, touched, state]);

  return {
    draft: state.draft,
    moved: state.moved,
    touched,
    change: (part: Partial<Draft>) => setState((now) => ({ ...now, draft: { ...now.draft, ...part } })),
    /** `draft` is what is left to enter after `sent` was saved. */
    settle: (sent: Draft, draft: Draft) => setState((now) => ({ ...now, base: sent, draft, moved: false })),
    keepMine: () => setState((now) => ({ ...now, base: now.start, moved: false })),
    reset: () => setState(({ start }) => ({ start, base: start, draft: start, moved: false })),
  };
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);
}

/** Postgres gives an object's keys back in an order of its own. */
function inOrder(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function followed<Draft>(state: State<Draft>, start: Draft): State<Draft> {
  if (same(state.draft, state.base) || same(state.draft, start))
    return { start, base: start, draft: start, moved: false };
  return { ...state, start, moved: !same(state.base, start) };
}

/** Only this hook writes under the key, so what can be read has its form. */
function readKept<Draft>(key: string): { base: Draft; draft: Draft } | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
