import { useEffect, useRef, useState } from "react";

/** Where the focus goes once the queue is empty. */
export const queueId = "conflict-queue";

/**
 * The conflict that single keys are about. When it goes, the one after it takes its place, and the focus; `unasked` is that
 * one where the person had not decided the one that went, until they move themselves.
 */
export function useChosenConflict(ids: string[]) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [unasked, setUnasked] = useState<string | null>(null);
  const place = useRef(0);
  const decided = useRef(new Set<string>());
  const arriving = useRef(false);
  const pressing = usePressing();
  const at = chosen ? ids.indexOf(chosen) : -1;
  if (at >= 0) place.current = at;
  useEffect(() => {
    if (!chosen || at >= 0) return;
    const following = ids[Math.min(place.current, ids.length - 1)] ?? null;
    setUnasked(decided.current.has(chosen) ? null : following);
    setChosen(following);
    if (document.activeElement !== document.body) return;
    arriving.current = true;
    if (following) focusOn(following);
    else document.getElementById(queueId)?.focus();
    arriving.current = false;
  }, [chosen, at, ids]);
  const move = (by: 1 | -1) => {
    const target = ids[at < 0 ? 0 : Math.min(Math.max(at + by, 0), ids.length - 1)];
    setUnasked(null);
    if (target) focusOn(target);
  };
  return {
    chosen: at >= 0 ? chosen : null,
    unasked,
    /** The focus came to it. */
    choose: (id: string) => {
      setChosen(id);
      if (arriving.current) return;
      // What is said of it takes room: were it taken back while a button below is pressed, the button would move away.
      if (pressing.current) window.addEventListener("click", () => setUnasked(null), { once: true });
      else setUnasked(null);
    },
    move,
    /** These go, if they go, because this person decided them. */
    settle: (gone: string[], accepted: boolean) => {
      for (const id of gone) decided.current[accepted ? "add" : "delete"](id);
    },
  };
}

/** Whether a mouse button, or a finger, is down. */
function usePressing() {
  const pressing = useRef(false);
  useEffect(() => {
    const ended = new AbortController();
    const listen = (type: "pointerdown" | "pointerup" | "pointercancel") =>
      window.addEventListener(
        type,
        () => {
          pressing.current = type === "pointerdown";
        },
        { capture: true, signal: ended.signal },
      );
    for (const type of ["pointerdown", "pointerup", "pointercancel"] as const) listen(type);
    return () => ended.abort();
  }, []);
  return pressing;
}

export function entryId(id: string): string {
  return `conflict-${id}`;
}

export function focusOn(id: string): void {
  document.getElementById(entryId(id))?.focus();
}
