import type { Texts } from "@/components/ui/texts";
import type { Overview } from "@/services/integrations/read-overview";

/** What became of a record and why, after its name. `t`: the texts under `activity`. */
export function actWords(
  t: Texts,
  { kind, cause }: Pick<Overview["changes"][number], "kind" | "cause">,
): string {
  const key = kind.replace("/", "_");
  if (cause.kind === "undo")
    return t(t.has(`undone.${key}`) ? `undone.${key}` : "undone.other", {
      name: cause.name,
      of: cause.of ?? "other",
    });
  if (cause.kind === "member") {
    const how = cause.takesBack ? "takenBack" : cause.conflictId ? "decided" : "by";
    return t(t.has(`${how}.${key}`) ? `${how}.${key}` : `${how}.other`, { name: cause.name });
  }
  return t(t.has(key) ? key : "other", { from: cause.kind === "sync" ? cause.from : "other" });
}

/** That a fuse stopped the integration, or what somebody answered. */
export function fuseWords(
  t: Texts,
  { kind, cause, changes: [about] }: Pick<Overview["changes"][number], "kind" | "cause" | "changes">,
): string {
  const told = { kind: about?.field ?? "", name: cause.kind === "member" ? cause.name : "" };
  return kind === "integration/stopped"
    ? t("integration_stopped", { ...told, count: Number(about?.after ?? 0) })
    : t("integration_fuse_answered", { ...told, answer: String(about?.after ?? "") });
}
