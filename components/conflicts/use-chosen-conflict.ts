import { useEffect, useRef, useState } from "react";

/** Where the focus goes once the queue is empty. */
export const queueId = "conflict-queue";

/**
 * The conflict that single keys are about. When it goes, the one after it takes its place, and the focus; `unasked` says
 * that the person had not decided the one that went, until they move themselves.
 */
export function useChosenConflict(ids: string[]) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [unasked, setUnasked] = useState(false);
  const place = useRef(0);
  const decided = useRef(new Set<string>());
  const arriving = useRef(false);
  const at = chosen ? ids.indexOf(chosen) : -1;
  if (at >= 0) place.current = at;
  useEffect(() => {
    if (!chosen || at >= 0) return;
    const following = ids[Math.min(place.current, ids.length - 1)] ?? null;
    setUnasked(following !== null && !decided.current.has(chosen));
    setChosen(following);
    if (document.activeElement !== document.body) return;
    arriving.current = true;
    if (following) focusOn(following);
    else document.getElementById(queueId)?.focus();
    arriving.current = false;
  }, [chosen, at, ids]);
  const move = (by: 1 | -1) => {
    const target = ids[at < 0 ? 0 : Math.min(Math.max(at + by, 0), ids.length - 1)];
    setUnasked(false);
    if (target) focusOn(target);
  };
  return {
    chosen: at >= 0 ? chosen : null,
    unasked,
    /** The focus came to it. */
    choose: (id: string) => {
      setChosen(id);
      if (!arriving.current) setUnasked(false);
    },
    move,
    /** These go, if they go, because this person decided them. */
    settle: (gone: string[], accepted: boolean) => {
      for (const id of gone) decided.current[accepted ? "add" : "delete"](id);
    },
  };
}

export function entryId(id: string): string {
  return `conflict-${id}`;
}

export function focusOn(id: string): void {
  document.getElementById(entryId(id))?.focus();
}
