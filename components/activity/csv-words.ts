import { fieldWords } from "@/components/overview/field-words";
import type { Texts } from "@/components/ui/texts";
import type { CsvWords } from "@/services/activities/write-csv";
import type { Overview } from "@/services/integrations/read-overview";
import { actWords, fuseWords } from "./act-words";
import { type SettingWords, shownSetting } from "./shown-setting";

type Change = Overview["changes"][number];
type Given = {
  /** All texts, and those under `activity`; what is within tags is told without them. */
  all: Texts;
  t: Texts & { markup(key: string, values: Record<string, string | ((words: string) => string)>): string };
  fields: Overview["fields"];
};

/** The activity as its page tells it, for a download. */
export function csvWords({ all, t, fields }: Given): CsvWords {
  const words = fieldWords(all, fields);
  const settingWords = (of: SettingWords) =>
    "text" in of ? of.text : all(all.has(of.key) ? of.key : "activity.settings.other");
  return {
    heading: (column) => t(`csv.${column}`),
    side: (side) => all(`transfers.csv.${side}`),
    act(change) {
      const { kind, cause } = change;
      const [about] = kind.split("/");
      const name = cause.kind === "member" ? cause.name : "";
      if (about === "transfer" || about === "undo")
        return t.markup(kind.replace("/", "_"), { name, link: (linked) => linked });
      if (kind === "integration/changed") return t("integration_changed", { name });
      return about === "integration" ? fuseWords(t, change) : actWords(t, change);
    },
    changes(change) {
      if (change.kind === "integration/changed")
        return change.changes.map((delta) => {
          const { setting, fields: pair, values } = shownSetting(delta);
          const name = t(t.has(`settings.${setting}`) ? `settings.${setting}` : "settings.other");
          return {
            field: pair ? `${name} · ${pair}` : name,
            before: values ? settingWords(values.before) : delta.before,
            after: values ? settingWords(values.after) : delta.after,
            why: "",
          };
        });
      // What a fuse held back is told by the act itself.
      if (change.kind.startsWith("integration/")) return [];
      return change.changes.map(({ field, label, before, after, why }) => ({
        field: words.label(sideOf(change), field, label),
        before: words.value(sideOf(change), field, before),
        after: words.value(sideOf(change), field, after),
        why: why ? t(`why.${why}`) : "",
      }));
    },
    cause({ cause }) {
      if (cause.kind === "sync") return t(`causes.from_${cause.from}`);
      if (cause.kind === "system") return t("csv.system");
      if (cause.kind === "member" && cause.takesBack) return t("csv.takenBack");
      return t(`causes.${cause.kind === "member" && cause.conflictId ? "resolution" : cause.kind}`);
    },
  };
}

/** What was decided without being written names fields as Snov.io does. */
function sideOf({ side }: Change) {
  return side ?? "snov";
}
