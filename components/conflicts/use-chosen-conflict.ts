import { useEffect, useRef, useState } from "react";

/** The conflict that single keys are about. When it goes, the one after it takes its place, and the focus. */
export function useChosenConflict(ids: string[]) {
  const [chosen, setChosen] = useState<string | null>(null);
  const place = useRef(0);
  const at = chosen ? ids.indexOf(chosen) : -1;
  if (at >= 0) place.current = at;
  useEffect(() => {
    if (!chosen || at >= 0) return;
    const following = ids[Math.min(place.current, ids.length - 1)] ?? null;
    setChosen(following);
    if (following && document.activeElement === document.body) focusOn(following);
  }, [chosen, at, ids]);
  const move = (by: 1 | -1) => {
    const target = ids[at < 0 ? 0 : Math.min(Math.max(at + by, 0), ids.length - 1)];
    if (target) focusOn(target);
  };
  return { chosen: at >= 0 ? chosen : null, choose: setChosen, move };
}

export function focusOn(id: string): void {
  document.getElementById(`conflict-${id}`)?.focus();
}
