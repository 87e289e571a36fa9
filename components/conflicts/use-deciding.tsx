"use client";

import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { useFailureText } from "@/components/ui/use-failure-text";
import { resolutionsAtOnce } from "@/lib/resolutions-at-once";
import type { ConflictFilter, ConflictRow } from "@/services/conflicts/read-page";
import type { ConflictAnswer } from "@/services/conflicts/resolve-conflicts";
import type { Choice, ConflictActions } from "./conflict-actions";
import { showInstead, useTakingBack } from "./use-taking-back";
import type { Held } from "./waiting-choice";

/** Why a choice about a conflict did not settle it, as it was answered at once. */
export type Trouble = { kind: "moved" } | { kind: "invalid"; words: string };

/** Choices about conflicts, what came of each, and the way back from the last one. */
export function useDeciding(
  { integrationId, held }: { integrationId: string; held: Held },
  actions: ConflictActions,
  onChanged: (about?: ConflictRow[]) => void,
) {
  const t = useTranslations("conflicts.notice");
  const outcome = useTranslations("conflictOutcome");
  const failureText = useFailureText();
  const [troubles, setTroubles] = useState<Record<string, Trouble>>({});
  const last = useRef<string | null>(null);
  const resolve = useAction(actions.resolve);
  const matching = useAction(actions.resolveMatching);
  const taking = useTakingBack(integrationId, actions.undo, () => onChanged());

  async function decide(rows: ConflictRow[], choice: Choice) {
    const answers: ConflictAnswer[] = [];
    let resolutionId: string | undefined;
    for (let from = 0; from < rows.length; from += resolutionsAtOnce) {
      const part = rows.slice(from, from + resolutionsAtOnce);
      const resolutions = part.map(({ id, revision }) => ({ conflictId: id, seen: revision, choice }));
      const result = await resolve.run({ integrationId, resolutionId, resolutions });
      if (!result.ok) break;
      resolutionId = result.data.resolutionId;
      answers.push(...result.data.answers);
    }
    if (resolutionId) tell(answers, { resolutionId, choice, rows });
    onChanged(rows);
    return answers;
  }

  /** About what the database held at the moment of `snapshot`. */
  async function decideMatching(filter: ConflictFilter, choice: Choice, snapshot: string) {
    const result = await matching.run({ integrationId, filter, choice, snapshot });
    if (result.ok) {
      const { resolutionId, resolved, left, taken } = result.data;
      offerUndo({ resolutionId, choice, rows: [] }, resolved, t("decided", { count: resolved, left }));
      for (const { by, count } of taken) warn(t("takenMeanwhile", { count, name: by ?? t("somebody") }));
    }
    onChanged();
    return result.ok;
  }

  function tell(answers: ConflictAnswer[], act: Act) {
    const news = answers.map((one): [string, Trouble | null] => {
      if (one.answer === "moved") return [one.conflictId, { kind: "moved" }];
      if (one.answer !== "invalid") return [one.conflictId, null];
      const words = failureText({ code: "invalid_input", reason: one.reason });
      return [one.conflictId, { kind: "invalid", words }];
    });
    setTroubles((before) => {
      const all = { ...before, ...Object.fromEntries(news) };
      return Object.fromEntries(Object.entries(all).flatMap(([id, said]) => (said ? [[id, said]] : [])));
    });
    const count = answers.filter(({ answer }) => answer === "accepted").length;
    const asked = act.rows.length;
    if (asked > 1) offerUndo(act, count, t("decided", { count, left: asked - count }));
    else if (count) offerUndo(act, count, t("applying", { count }));
    const quicker = answers.find((one) => one.answer === "taken");
    if (quicker?.answer === "taken") warn(t("taken", { name: quicker.by ?? t("somebody") }));
    const closed = answers.find((one) => one.answer === "closed");
    if (closed?.answer === "closed") {
      const how = closed.outcome ? outcome(closed.outcome) : "";
      warn(closed.by ? t("closedBy", { name: closed.by, outcome: how }) : t("closed", { outcome: how }));
    }
    const moved = answers.filter(({ answer }) => answer === "moved").length;
    if (moved) warn(t("moved", { count: moved }));
  }

  function offerUndo({ resolutionId, ...act }: Act, count: number, words: string) {
    if (!count) return showInstead(words, 8_000);
    if (!held && isForGood(act)) {
      last.current = null;
      return showInstead(`${words} ${t("forGood")}`, 8_000);
    }
    last.current = resolutionId;
    showInstead(
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{words}</Text>
        <Button variant="default" size="xs" onClick={() => undo(resolutionId)}>
          {t("undo")}
        </Button>
      </Group>,
      30_000,
    );
  }

  /** The act that its button stands by, or its choice about one conflict; `U` takes back the last act. */
  function undo(resolutionId: string, conflictId?: string) {
    if (last.current === resolutionId && !conflictId) last.current = null;
    return taking.takeBack(resolutionId, conflictId);
  }

  return {
    decide,
    decideMatching,
    undo,
    undoLast: () => last.current && undo(last.current),
    troubles,
    pending: resolve.pending || matching.pending || taking.pending,
  };
}

/** `rows`: what it is about, where that is on the page. */
type Act = { resolutionId: string; choice: Choice; rows: ConflictRow[] };

/** Choices by which records come, go or become a pair: once carried out, which is at once where syncing runs, nothing takes them back. */
const lasting: Choice["kind"][] = ["bring_back", "remove", "link"];

/** Nor does anything take back what was chosen about an address that another record has. */
function isForGood({ choice, rows }: Pick<Act, "choice" | "rows">): boolean {
  const isAboutAddresses = rows.every(({ kind, mappingId }) => kind === "same_address" && mappingId !== null);
  return lasting.includes(choice.kind) || (rows.length > 0 && isAboutAddresses);
}

function warn(message: string) {
  notifications.show({ color: "orange", message, autoClose: 10_000 });
}
