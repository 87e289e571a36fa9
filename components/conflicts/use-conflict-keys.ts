import { type KeyboardEvent, useEffect, useRef } from "react";
import { entryId } from "./use-chosen-conflict";

type KeyActs = Record<string, (() => void) | undefined>;
type Keys = {
  /** Wherever the focus is. */
  page: KeyActs;
  /** While it is in the queue. */
  queue: KeyActs;
  /** While it is in the chosen conflict. */
  chosen: KeyActs;
};
type Pressed = Pick<
  KeyboardEvent | globalThis.KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "defaultPrevented" | "target" | "preventDefault"
>;

/** Single keys, by `event.key`. Silent while something is typed, chosen from a list or asked in a dialog. */
export function useConflictKeys(chosen: string | null, keys: Keys) {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => press(event, latest.current.page);
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (event: KeyboardEvent) => {
    const within = chosen && (event.target as HTMLElement).closest(`[id="${entryId(chosen)}"]`);
    press(event, within ? { ...keys.queue, ...keys.chosen } : keys.queue);
  };
}

function press(event: Pressed, acts: KeyActs) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if ((event.target as HTMLElement).closest(taken) || document.querySelector('[role="dialog"]')) return;
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

const taken =
  'input:not([type="checkbox"]), textarea, select, [contenteditable], [role="listbox"], [role="menu"]';
