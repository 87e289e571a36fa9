import { useState } from "react";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { Choice, ConflictActions } from "./conflict-actions";
import type { ConflictContext } from "./conflict-context";
import type { EntryActs, EntryState } from "./conflict-entry";
import { isDecidable } from "./decidable";
import { selectableOf } from "./kind-choices";
import { focusOn, useChosenConflict } from "./use-chosen-conflict";
import { useConflictKeys } from "./use-conflict-keys";
import { useDeciding } from "./use-deciding";

type Given = {
  context: ConflictContext;
  actions: ConflictActions;
  conflicts: ConflictRow[];
  /** About these conflicts, or about any. */
  onChanged: (about?: ConflictRow[]) => void;
};

/** What a person does in the queue: looks, selects, types, decides; by mouse or by keys. */
export function useQueue({ context, actions, conflicts, onChanged }: Given) {
  const deciding = useDeciding(context.integration.id, actions, onChanged);
  const [selectedIds, setSelectedIds] = useState<string[]>([]);
  const [typing, setTyping] = useState<string | null>(null);
  const [detailed, setDetailed] = useState<string[]>([]);
  const [ruled, setRuled] = useState<string | null>(null);
  const [settingsSeen, setSettingsSeen] = useState(context.settingsSeen);
  const [keysShown, showKeys] = useState(false);
  const { chosen, unasked, choose, move, settle } = useChosenConflict(conflicts.map(({ id }) => id));
  const current = conflicts.find(({ id }) => id === chosen);
  const selectable = selectableOf(conflicts, selectedIds);
  const selected = selectable.filter(({ id }) => selectedIds.includes(id));

  const decideAll = async (rows: ConflictRow[], choice: Choice) => {
    const ids = rows.map(({ id }) => id);
    settle(ids, true);
    const accepted = await deciding.decide(rows, choice);
    if (!accepted) settle(ids, false);
    return accepted;
  };
  const decide = async (conflict: ConflictRow, choice: Choice) => {
    if (deciding.pending || !isDecidable(conflict)) return;
    const accepted = await decideAll([conflict], choice);
    if (accepted && typing === conflict.id) type(conflict, false);
  };
  const type = (conflict: ConflictRow, open: boolean) => {
    setTyping(open ? conflict.id : null);
    if (!open) requestAnimationFrame(() => focusOn(conflict.id));
  };
  const actsOf = (conflict: ConflictRow): EntryActs => ({
    focus: () => choose(conflict.id),
    choose: (choice) => decide(conflict, choice),
    select: () => setSelectedIds((before) => toggled(before, conflict.id)),
    type: (open) => type(conflict, open),
    detail: () => setDetailed((before) => toggled(before, conflict.id)),
    rule: context.manages && conflict.kind === "value" ? () => setRuled(conflict.mappingId) : undefined,
    takeBack: () => conflict.resolutionId && deciding.undo(conflict.resolutionId, conflict.id),
  });
  const canSelect = (conflict: ConflictRow) =>
    selected.length ? selectable.includes(conflict) : isDecidable(conflict);
  const ofField = current?.mappingId && isDecidable(current) ? actsOf(current) : undefined;
  const typed = current?.kind === "value" && context.mappings[current.mappingId ?? ""]?.typed;
  const take = (side: "snov" | "hubspot") =>
    ofField && unasked !== current?.id ? () => ofField.choose({ kind: "take", side }) : undefined;
  const stateOf = (conflict: ConflictRow): EntryState => {
    const { id } = conflict;
    return {
      chosen: id === chosen,
      reached: id === (chosen ?? conflicts[0]?.id),
      unasked: unasked === id,
      selectable: canSelect(conflict),
      selected: selectedIds.includes(id),
      typing: typing === id,
      detailed: detailed.includes(id),
      told: deciding.told[id],
    };
  };
  const onKeyDown = useConflictKeys(chosen, {
    page: { "?": () => showKeys(true) },
    queue: { j: () => move(1), k: () => move(-1), u: deciding.undoLast },
    chosen: {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      "1": take("snov"),
      "2": take("hubspot"),
      e: ofField && typed ? () => ofField.type(true) : undefined,
      x: current && canSelect(current) ? actsOf(current).select : undefined,
      d: ofField?.detail,
    },
  });

  return {
    deciding,
    decideAll,
    onKeyDown,
    selectable,
    selected,
    selectAll: (all: boolean) => setSelectedIds(all ? selectable.map(({ id }) => id) : []),
    stateOf,
    actsOf,
    ruled,
    settingsSeen,
    closeRule: () => setRuled(null),
    madeRule: (updatedAt: string) => {
      setSettingsSeen(updatedAt);
      setRuled(null);
      onChanged();
    },
    keysShown,
    showKeys,
  };
}

function toggled(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}
