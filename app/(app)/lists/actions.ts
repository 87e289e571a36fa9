"use server";

import { runAction } from "@/app/server/run-action";
import { type CreateList, createList } from "@/services/prospects/create-list";
import { type RenameList, renameList } from "@/services/prospects/rename-list";
import { type RestoreList, restoreList } from "@/services/prospects/restore-list";
import { type TrashList, trashList } from "@/services/prospects/trash-list";

export async function createListAction(input: CreateList) {
  return runAction((ctx) => createList({ ctx, input }));
}

export async function renameListAction(input: RenameList) {
  return runAction((ctx) => renameList({ ctx, input }));
}

export async function trashListAction(input: TrashList) {
  return runAction((ctx) => trashList({ ctx, input }));
}

export async function restoreListAction(input: RestoreList) {
  return runAction((ctx) => restoreList({ ctx, input }));
}
