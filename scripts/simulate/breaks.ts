import type { Break, Proof } from "../breaks/try-breaks";

/** `npm run simulate -- --breaks` makes mistakes in a copy of the services. */
export const proofOfLine: Proof = {
  folder: ".",
  parts: [
    ..."connectors db lib sandbox services sync tests/sandbox tests/simulation tests/support".split(" "),
    ..."scripts package.json tsconfig.json".split(" "),
  ],
  notice: "scripts/simulate/notice.ts",
};

const convergence = "Once edits stop, both sides agree on every mapped field";
const noLostUpdate = "No person's value disappears";

export const breaks: Break[] = [
  {
    mistake: "keep the old base after a write",
    file: "services/sync/commit-links.ts",
    find: "base = x.base, turns = x.turns",
    replace: "base = l.base, turns = x.turns",
    noticedBy: ["What is called in sync was agreed on"],
  },
  {
    mistake: "settle a record that was noticed again",
    file: "services/sync/commit-pending.ts",
    find: "where p.id = x.id and p.generation = x.generation and p.lease",
    replace: "where p.id = x.id and p.lease",
    noticedBy: ["Nothing that was noticed is forgotten"],
  },
  {
    mistake: "forget to note a write before it is sent",
    file: "services/sync/carry-out-page.ts",
    find: "await noteUnconfirmed(deps.db, page, works, sentFrom);",
    replace: "",
    noticedBy: [noLostUpdate],
  },
  {
    mistake: "look no second time under a write that was delivered",
    file: "services/sync/carry-out-page.ts",
    find: "await mendDelivered(deps.db, hubspot.contacts, page, works, delivered, sentFrom);",
    replace: "",
    noticedBy: [noLostUpdate],
  },
  {
    mistake: "look no second time under the writes of a page that died",
    file: "services/sync/carry-out-page.ts",
    find: "const again = await mendLeftovers(deps.db, hubspot.contacts, page, observations);",
    replace: "const again = new Set<Observation>();",
    noticedBy: [noLostUpdate],
  },
  {
    mistake: "forget which addresses were erased",
    file: "services/sync/commit-erasures.ts",
    find: "await rememberErased(tx, workspaceId, [...keys, ...(await keysOf(tx, workspaceId, keptIds))]);",
    replace: "",
    noticedBy: ["An erased address stays erased"],
  },
  {
    mistake: "make a contact anew that was removed",
    file: "sync/plan-absence.ts",
    find: "  const { creation } = link.declined;\n",
    replace:
      '  if (there === "hubspot" && settings.writable.hubspot) return planCreate(settings, there, record);\n  const { creation } = link.declined;\n',
    noticedBy: ["One e-mail address never gives two records on one side"],
  },
  {
    mistake: "ignore the fuses",
    file: "services/sync/check-fuses.ts",
    find: "if (blown) await stopByFuse(db, page, answered, blown, now);\n  return { works: answered, blown };",
    replace: "return { works: answered, blown: null };",
    noticedBy: ["A fuse stops the integration before harm"],
  },
  {
    mistake: "do what was discarded",
    file: "sync/fuse-answers.ts",
    find: '.filter(({ answer }) => answer === "discard")',
    replace: ".filter(() => false)",
    noticedBy: ["What a person discarded is not done"],
  },
  {
    mistake: "open no conflict",
    file: "services/sync/commit-conflicts.ts",
    find: "if (open.length)\n",
    replace: "if (open.length < 0)\n",
    noticedBy: [convergence],
  },
  {
    mistake: "record no activity",
    file: "services/sync/commit-page.ts",
    find: "...activitiesOf(page, written, saved),",
    replace: "",
    noticedBy: [noLostUpdate],
  },
];
