"use client";

import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useRef, useState } from "react";
import { useFailureText } from "@/components/ui/use-failure-text";
import type { ActionResult } from "@/services/action-result";
import type { IntegrationSettings, MappingSetting } from "@/services/integrations/read-settings";

type Saved = { updatedAt: string; mappingId?: string };
type Result = ActionResult<Saved>;
export type MappingChange = {
  /** What the mappings look like with it; `id` is the new mapping's, once the server gave one. */
  apply: (mappings: MappingSetting[], id?: string) => MappingSetting[];
  save: (seen: string) => Promise<Result>;
  onFailure?: () => void;
  /** Conflicts go with it, of which the person is to be told first. */
  onConflicts?: (going: GoingConflicts) => void;
};
export type GoingConflicts = { open: number; waiting: number; decided: number };

/**
 * The mappings as the server has them, with the changes still under way on top. Changes are saved one after
 * the other, each against the state that the one before it left; one that fails disappears and says why.
 */
export function useMappingChanges(settings: IntegrationSettings) {
  const failureText = useFailureText();
  const [base, setBase] = useState(settings.mappings);
  const [underWay, setUnderWay] = useState<MappingChange[]>([]);
  const [moved, setMoved] = useState(false);
  const seen = useRef(settings.updatedAt);
  const line = useRef<Promise<boolean>>(Promise.resolve(true));
  const idle = !underWay.length;

  useEffect(() => {
    // An answer that was on its way before the last save would bring old rows back.
    if (!idle || settings.updatedAt < seen.current) return;
    if (settings.updatedAt > seen.current) setMoved(false);
    seen.current = settings.updatedAt;
    setBase(settings.mappings);
  }, [settings, idle]);

  const change = useCallback(
    (next: MappingChange): Promise<boolean> => {
      setUnderWay((changes) => [...changes, next]);
      line.current = line.current.then(async () => {
        const result = await settle(next, seen.current);
        setUnderWay((changes) => changes.filter((other) => other !== next));
        if (result.ok) {
          const { updatedAt, mappingId } = result.data;
          seen.current = updatedAt;
          setBase((before) => next.apply(before, mappingId));
          return true;
        }
        const { reason, values } = result.error;
        if (reason === "settings_moved") setMoved(true);
        else if (reason === "mapping_conflicts" && next.onConflicts)
          next.onConflicts({
            open: Number(values?.open),
            waiting: Number(values?.waiting),
            decided: Number(values?.decided),
          });
        else notifications.show({ color: "red", message: failureText(result.error), autoClose: 10_000 });
        next.onFailure?.();
        return false;
      });
      return line.current;
    },
    [failureText],
  );

  return {
    mappings: underWay.reduce((rows, { apply }) => apply(rows), base),
    change,
    moved,
    /** Resolves once nothing is under way. */
    saved: useCallback(() => line.current, []),
  };
}

/** A request that never arrived is a failure like any other, and the changes behind it still get their turn. */
async function settle(change: MappingChange, seen: string): Promise<Result> {
  try {
    return await change.save(seen);
  } catch {
    return { ok: false, error: { code: "unexpected", reason: "unreachable" } };
  }
}
