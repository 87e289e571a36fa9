import type { ActionResult } from "@/services/action-result";
import type { makeRule } from "@/services/conflicts/make-rule";
import type { previewRule, RulePreview } from "@/services/conflicts/preview-rule";
import type { ConflictAnswer, resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import type { resolveMatching } from "@/services/conflicts/resolve-matching";
import type { UndoneResolution, undoResolution } from "@/services/conflicts/undo-resolution";

export type ResolveInput = Parameters<typeof resolveConflicts>[0]["input"];
export type MatchingInput = Parameters<typeof resolveMatching>[0]["input"];
export type UndoInput = Parameters<typeof undoResolution>[0]["input"];
export type PreviewRuleInput = Parameters<typeof previewRule>[0]["input"];
export type MakeRuleInput = Parameters<typeof makeRule>[0]["input"];
export type Choice = ResolveInput["resolutions"][number]["choice"];

export type ConflictActions = {
  resolve: (
    input: ResolveInput,
  ) => Promise<ActionResult<{ resolutionId: string; answers: ConflictAnswer[] }>>;
  resolveMatching: (
    input: MatchingInput,
  ) => Promise<ActionResult<Awaited<ReturnType<typeof resolveMatching>>>>;
  undo: (input: UndoInput) => Promise<ActionResult<UndoneResolution>>;
  previewRule: (input: PreviewRuleInput) => Promise<ActionResult<RulePreview>>;
  makeRule: (input: MakeRuleInput) => Promise<ActionResult<{ updatedAt: string }>>;
};
