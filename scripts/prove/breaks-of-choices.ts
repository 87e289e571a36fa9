import type { Break } from "../breaks/try-breaks";

/** Mistakes about what a person decides. */
export const breaksOfChoices: Break[] = [
  {
    mistake: "honour a choice about values that have moved",
    file: "resolution.ts",
    find: 'return stands ? { kind: "value", value } : null;',
    replace: 'return { kind: "value", value };',
    noticedBy: ["oracle"],
  },
  {
    mistake: "let a choice widen the direction",
    file: "merge.ts",
    find: "if (behind.every((side) => writable[side])) return",
    replace: "if (behind.length) return",
    noticedBy: ["width of a resolution", "direction"],
  },
  {
    mistake: "carry a choice out on one side only",
    file: "plan-chosen.ts",
    find: 'for (const { travel } of travels) if (travel.kind !== "fits") return reasonOf(travel);',
    replace: "",
    noticedBy: ["chosen values", "oracle"],
  },
  {
    mistake: "keep no trace of what a choice replaced",
    file: "plan-chosen.ts",
    find: "plan.replaced.push({",
    replace: "[].push({",
    noticedBy: ["no lost update", "oracle"],
  },
  {
    mistake: "put nothing back when a choice is taken back",
    file: "plan-chosen.ts",
    find: "write(field, behind, (side) => original[side], plan)",
    replace: "write(field, [], (side) => original[side], plan)",
    noticedBy: ["chosen values"],
  },
  {
    mistake: "carry a refused choice out on the other side",
    file: "refused.ts",
    find: "for (const side of sides) delete plan.writes[side][mapping.fields[side]];",
    replace: "",
    noticedBy: ["refused fields"],
  },
  {
    mistake: "take an answer about a removal for one about other edits",
    file: "plan-absence.ts",
    find: "return edited.every(isAsSeen) ? resolution.choice : null;",
    replace: "return resolution.choice;",
    noticedBy: ["oracle"],
  },
  {
    mistake: "do again what an undo took back",
    file: "plan-absence.ts",
    find: 'if (creation && !settings.takesUpUndone && isUnedited(settings, here, record, creation))\n    return { kind: "excluded", reason: "undone" };',
    replace: "",
    noticedBy: ["oracle"],
  },
  {
    mistake: "leave what an undo took back, though a person asks for it anew",
    file: "plan-field.ts",
    find: "takesUpUndone === true && undone === true",
    replace: "undone !== true",
    noticedBy: ["oracle"],
  },
  {
    mistake: "discard a removal that a person chose",
    file: "decline.ts",
    find: " && !plan.chosen",
    replace: "",
    noticedBy: ["chosen removal"],
  },
];
