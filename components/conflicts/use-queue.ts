import { useState } from "react";
import { useStable } from "@/components/ui/use-stable";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { ConflictAnswer } from "@/services/conflicts/resolve-conflicts";
import { type Begun, begunWith, isOvertaken, shownWith } from "./begun";
import type { Choice, ConflictActions } from "./conflict-actions";
import type { ConflictContext } from "./conflict-context";
import type { EntryActs, EntryState } from "./conflict-entry";
import { isDecidable } from "./decidable";
import { hasDetails, selectableOf } from "./kind-choices";
import type { Reach } from "./reach";
import { focusOn, useChosenConflict } from "./use-chosen-conflict";
import { useConflictKeys } from "./use-conflict-keys";
import { useDeciding } from "./use-deciding";
import type { Held } from "./waiting-choice";

type Given = {
  context: ConflictContext;
  actions: ConflictActions;
  conflicts: ConflictRow[];
  held: Held;
  /** About these conflicts, or about any. */
  onChanged: (about?: ConflictRow[]) => void;
};

/** What a person does in the queue: looks, selects, types, decides; by mouse or by keys. */
export function useQueue({ context, actions, conflicts: current, held, onChanged }: Given) {
  const deciding = useDeciding({ integrationId: context.integration.id, held }, actions, onChanged);
  const [selectedIds, setSelectedIds] = useState<string[]>([]);
  const [typing, setTyping] = useState<Begun | null>(null);
  const [menued, setMenued] = useState<string | null>(null);
  const [reaching, setReaching] = useState<{ conflict: ConflictRow; reach: Reach } | null>(null);
  const [detailed, setDetailed] = useState<string[]>([]);
  const [ruled, setRuled] = useState<string | null>(null);
  const [settingsSeen, setSettingsSeen] = useState(context.settingsSeen);
  const [keysShown, showKeys] = useState(false);
  const looked = begunWith(typing, current);
  if (looked !== typing) setTyping(looked);
  const conflicts = shownWith(typing, current);
  const { chosen, unasked, choose, move, settle } = useChosenConflict(conflicts.map(({ id }) => id));
  const marked = conflicts.find(({ id }) => id === chosen);
  const selectable = selectableOf(conflicts, selectedIds);
  const selected = selectable.filter(({ id }) => selectedIds.includes(id));

  const decideAll = async (rows: ConflictRow[], choice: Choice) => {
    const ids = rows.map(({ id }) => id);
    settle(ids, true);
    const answers = await deciding.decide(rows, choice);
    const accepted = answers.length === rows.length && answers.every(({ answer }) => answer === "accepted");
    if (!accepted) settle(ids, false);
    return answers;
  };
  const decide = async (conflict: ConflictRow, choice: Choice) => {
    if (deciding.pending || !isDecidable(conflict)) return;
    const [answered] = await decideAll([conflict], choice);
    if (typing?.row.id !== conflict.id) return;
    if (answered && endings.includes(answered.answer)) type(conflict, false);
    if (answered?.answer === "moved") lookAgain();
  };
  const lookAgain = () => setTyping((begun) => begun && { ...begun, lookingAgain: true });
  const goBackTo = ({ id }: ConflictRow) => requestAnimationFrame(() => focusOn(id));
  const type = (conflict: ConflictRow, open: boolean) => {
    setTyping(open ? { row: conflict, lookingAgain: false } : null);
    if (!open) goBackTo(conflict);
  };
  // The same ones every time: with new ones, each key would show all entries anew.
  const acts = useStable<EntryActs>({
    focus: ({ id }) => choose(id),
    choose: decide,
    select: ({ id }) => setSelectedIds((before) => toggled(before, id)),
    type,
    lookAgain,
    menu: ({ id }, open) => setMenued(open ? id : null),
    reach: (conflict, reach) => setReaching({ conflict, reach }),
    detail: ({ id }) => setDetailed((before) => toggled(before, id)),
    rule: ({ mappingId }) => setRuled(mappingId),
    takeBack: ({ id, resolutionId }) => resolutionId && deciding.undo(resolutionId, id),
  });
  const canSelect = (conflict: ConflictRow) =>
    selected.length ? selectable.includes(conflict) : isDecidable(conflict);
  const decidable = marked && isDecidable(marked) ? marked : undefined;
  const ofField = decidable?.mappingId ? decidable : undefined;
  const typed = marked?.kind === "value" && context.mappings[marked.mappingId ?? ""]?.typed;
  const take = (side: "snov" | "hubspot") =>
    ofField && unasked !== ofField.id ? () => decide(ofField, { kind: "take", side }) : undefined;
  const stateOf = (conflict: ConflictRow): EntryState => {
    const { id } = conflict;
    return {
      chosen: id === chosen,
      reached: id === (chosen ?? conflicts[0]?.id),
      unasked: unasked === id,
      selectable: canSelect(conflict),
      selected: selectedIds.includes(id),
      typing: typing?.row.id === id,
      overtaken: typing !== null && current.some((now) => now.id === id && isOvertaken(typing, now)),
      menued: menued === id,
      detailed: detailed.includes(id),
      trouble: deciding.troubles[id],
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
      e: ofField && typed ? () => type(ofField, true) : undefined,
      x: marked && canSelect(marked) ? () => acts.select(marked) : undefined,
      d: marked && hasDetails(marked) ? () => acts.detail(marked) : undefined,
      m: decidable ? () => acts.menu(decidable, true) : undefined,
    },
  });

  return {
    /** For which one a value is being typed. */
    typedFor: typing?.row.id ?? null,
    /** As they are shown: what is being decided, as it was when that began. */
    conflicts,
    deciding,
    decideAll,
    onKeyDown,
    selectable,
    selected,
    selectAll: (all: boolean) => setSelectedIds(all ? selectable.map(({ id }) => id) : []),
    stateOf,
    acts,
    reaching,
    closeReach: () => {
      if (reaching) goBackTo(reaching.conflict);
      setReaching(null);
    },
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

/** Answers after which there is nothing to type any more. */
const endings: ConflictAnswer["answer"][] = ["accepted", "taken", "closed"];

function toggled(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}
