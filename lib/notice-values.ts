import type { NoticeKind } from "./notice-kinds";

export type WordedNotice = {
  kind: NoticeKind;
  accountName: string;
  params: {
    reason?: string;
    fuse?: string;
    planned?: number;
    count?: number;
    failing?: number;
    isUndo?: boolean;
  };
};

/** What the texts of notices name. */
export function noticeValues({ accountName, params }: WordedNotice): Record<string, string | number> {
  const { reason, fuse, planned, count, failing, isUndo } = params;
  return {
    account: accountName,
    reason: reason ?? "unknown",
    fuse: fuse ?? "",
    planned: planned ?? 0,
    count: count ?? 0,
    failing: failing ?? 0,
    what: isUndo ? "undo" : "transfer",
  };
}
