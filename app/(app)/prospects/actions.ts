"use server";

import { runAction } from "@/app/server/run-action";
import { type ChangeLists, changeLists } from "@/services/prospects/change-lists";
import { type CreateProspect, createProspect } from "@/services/prospects/create-prospect";
import { type EditProspect, editProspect } from "@/services/prospects/edit-prospect";
import { type RestoreProspects, restoreProspects } from "@/services/prospects/restore-prospects";
import { type TrashProspects, trashProspects } from "@/services/prospects/trash-prospects";

export async function createProspectAction(input: CreateProspect) {
  return runAction((ctx) => createProspect({ ctx, input }));
}

export async function editProspectAction(input: EditProspect) {
  return runAction((ctx) => editProspect({ ctx, input }));
}

export async function trashProspectsAction(input: TrashProspects) {
  return runAction((ctx) => trashProspects({ ctx, input }));
}

export async function restoreProspectsAction(input: RestoreProspects) {
  return runAction((ctx) => restoreProspects({ ctx, input }));
}

export async function changeListsAction(input: ChangeLists) {
  return runAction((ctx) => changeLists({ ctx, input }));
}
