import type { ActionResult } from "@/services/action-result";
import type { StartPreviewInput } from "@/services/transfers/start-preview";
import type { StartUndoInput } from "@/services/transfers/start-undo";

type Act<More = object, Result = null> = (input: { runId: string } & More) => Promise<ActionResult<Result>>;
export type TransferActions = {
  allow: Act;
  pause: Act;
  resume: Act;
  cancel: Act;
  answer: Act<{ answer: "continue" | "leave_out"; seen: string; forAll: boolean }>;
  retry: Act;
  tryAgain: Act;
  undo: StartUndo;
};
export type StartUndo = (input: StartUndoInput) => Promise<ActionResult<{ runId: string }>>;
export type StartPreview = (input: StartPreviewInput) => Promise<ActionResult<{ runId: string }>>;
