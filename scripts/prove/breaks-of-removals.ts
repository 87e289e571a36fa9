import type { Break } from "../breaks/try-breaks";

/** Mistakes about records that are gone. */
export const breaksOfRemovals: Break[] = [
  {
    mistake: "ignore that a record was removed",
    file: "plan.ts",
    find: "if (link) return planAbsence(settings, input, link, here, record);",
    replace: "",
    noticedBy: ["no duplicate create", "no resurrection"],
  },
  {
    mistake: "bring back what was erased",
    file: "plan.ts",
    find: `if (erased) return { kind: "excluded", reason: "erased" };`,
    replace: "",
    noticedBy: ["no resurrection"],
  },
  {
    mistake: "bring back what a person removed",
    file: "plan-absence.ts",
    find: "if (creation || link.bothRemoved || input.unconfirmed[there].removal)",
    replace: "if (creation || link.bothRemoved || !input.unconfirmed[there].removal)",
    noticedBy: ["no resurrection"],
  },
  {
    mistake: "remove a record that somebody edited",
    file: "plan-absence.ts",
    find: "if (!edited.length) return",
    replace: "if (edited.length < 99) return",
    noticedBy: ["no lost update"],
  },
  {
    mistake: "remove where the sync type only reads",
    file: "plan-absence.ts",
    find: "if (!allowed || ",
    replace: "if (",
    noticedBy: ["direction"],
  },
  {
    mistake: "erase for any removal",
    file: "plan-absence.ts",
    find: 'if (absence === "privacy_deleted")',
    replace: 'if (absence !== "deleted")',
    noticedBy: ["erasing", "oracle"],
  },
];
