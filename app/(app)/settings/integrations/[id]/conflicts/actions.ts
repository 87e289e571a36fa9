"use server";

import { runAction } from "@/app/server/run-action";
import type {
  MakeRuleInput,
  MatchingInput,
  PreviewRuleInput,
  ResolveInput,
  UndoInput,
} from "@/components/conflicts/conflict-actions";
import { makeRule } from "@/services/conflicts/make-rule";
import { previewRule } from "@/services/conflicts/preview-rule";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { resolveMatching } from "@/services/conflicts/resolve-matching";
import { undoResolution } from "@/services/conflicts/undo-resolution";

export async function resolveConflictsAction(input: ResolveInput) {
  return runAction((ctx) => resolveConflicts({ ctx, input }));
}

export async function resolveMatchingAction(input: MatchingInput) {
  return runAction((ctx) => resolveMatching({ ctx, input }));
}

export async function undoResolutionAction(input: UndoInput) {
  return runAction((ctx) => undoResolution({ ctx, input }));
}

export async function previewRuleAction(input: PreviewRuleInput) {
  return runAction((ctx) => previewRule({ ctx, input }));
}

export async function makeRuleAction(input: MakeRuleInput) {
  return runAction((ctx) => makeRule({ ctx, input }));
}
