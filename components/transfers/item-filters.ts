import type { TransferItem } from "@/services/transfers/read-items";
import type { Transfer } from "@/services/transfers/read-transfer";
import { hasEnded, skippedOf } from "./transfer-phase";

type Planned = TransferItem["planned"];
type Outcome = TransferItem["outcome"];
/** One kind of records of a transfer: how the list of them is asked for, and how many there are. */
export type ItemFilter = {
  kind: Planned | Outcome | "notReached" | "held";
  query: { planned?: Planned; outcome?: Outcome; held?: "true" };
  count: number;
};

/** The kinds of records that a transfer has at this moment, those that matter most first. */
export function itemFilters(transfer: Transfer): ItemFilter[] {
  const previewed = transfer.state === "previewing" || transfer.state === "previewed";
  const filters = previewed || !transfer.allowedAt ? plannedKinds(transfer) : outcomeKinds(transfer);
  // These are among the others as well.
  const held: ItemFilter = { kind: "held", query: { held: "true" }, count: transfer.held };
  return [...filters, held].filter(({ count }) => count > 0);
}

function plannedKinds(transfer: Transfer): ItemFilter[] {
  const { create, update, conflict, equal, undo } = transfer.preview;
  const kind = (planned: Planned, count: number): ItemFilter => ({
    kind: planned,
    query: { planned },
    count,
  });
  return [
    kind("put_back", undo?.records ?? 0),
    kind("take_back", undo ? undo.takeBack.snov + undo.takeBack.hubspot : 0),
    kind("update", update),
    kind("create", create.snov + create.hubspot),
    kind("conflict", conflict),
    kind("skip", skippedOf(transfer)),
    kind("equal", equal),
  ];
}

/** How many records came to what, those that the preview had left out or found equal among them. */
export function outcomeCounts(
  transfer: Pick<Transfer, "done" | "preview">,
): Partial<Record<Outcome, number>> {
  const { done, preview } = transfer;
  return {
    ...done,
    excluded: (done.excluded ?? 0) + skippedOf(transfer),
    unchanged: (done.unchanged ?? 0) + preview.equal - (preview.toLink ?? 0),
  };
}

function outcomeKinds(transfer: Transfer): ItemFilter[] {
  const { reached, total, asked } = transfer;
  const counts = outcomeCounts(transfer);
  const kind = (outcome: Outcome, count = counts[outcome] ?? 0): ItemFilter => ({
    kind: outcome,
    query: { outcome },
    count,
  });
  const left = kind("planned", total - reached - asked);
  return [
    kind("failing"),
    kind("created"),
    kind("updated"),
    kind("put_back"),
    kind("taken_back"),
    kind("in_conflict"),
    { ...left, kind: hasEnded(transfer) ? "notReached" : "planned" },
    kind("left_out"),
    kind("excluded"),
    kind("unchanged"),
  ];
}

/** What the file of the records on screen holds: a key of the texts under `transfers.items`. */
export function fileOf(
  filter: ItemFilter | undefined,
  search: string,
): "downloadFound" | "downloadFailures" | "downloadKind" | "downloadAll" {
  if (search) return "downloadFound";
  if (!filter) return "downloadAll";
  return filter.kind === "failing" ? "downloadFailures" : "downloadKind";
}
