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
const idempotence = "Planning again after applying plans nothing";
const crashes = "A crash leaves work to repeat, never a gap";
const order = "Order and repetition of notices do not change the result";
const reach = "Unmapped fields are never written; constants never flow back; direction is never widened";
const asChosen = "A person's choice about unmoved values is what both sides have";
const oneOfTwo = "Of two people who decide one conflict the first one's choice counts";
const asRuled = "What a rule was said to settle it settles";
const isSo = "What is said of a record is so";
const asUndone = "An undo takes back what it said, and nothing that was touched since";

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
    find: "await noteUnconfirmed(deps.db, page, works, sentFrom, hold);",
    replace: "",
    noticedBy: [noLostUpdate, "Our own write coming back plans nothing"],
  },
  {
    mistake: "look no second time under a write that was delivered",
    file: "services/sync/carry-out-page.ts",
    find: "await mendDelivered(deps.db, hubspot.contacts, page, works, delivered, sentFrom, hold);",
    replace: "",
    noticedBy: [noLostUpdate],
  },
  {
    mistake: "look no second time under the writes of a page that died",
    file: "services/sync/carry-out-page.ts",
    find: "const again = await mendLeftovers(deps.db, hubspot.contacts, page, observations, hold);",
    replace: "const again = new Set<Observation>();",
    noticedBy: [noLostUpdate],
  },
  {
    mistake: "forget which addresses were erased",
    file: "services/sync/commit-erasures.ts",
    find: "  await rememberErased(tx, workspaceId, [\n    ...keys,\n    ...(await keysOf(tx, workspaceId, keptIds)),\n    ...former.filter((key) => !given.has(key)),\n  ]);\n",
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
    mistake: "make a second contact for a prospect whose first one carries its id",
    file: "services/sync/contact-marks.ts",
    find: 'if (mark === null || outcome.ok || work.plan.kind !== "create"',
    replace: 'if (mark !== null || outcome.ok || work.plan.kind !== "create"',
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
  {
    mistake: "carry out a choice about values that have moved",
    file: "sync/resolution.ts",
    find: "const stands = sides.every((side) => asSeen(side) || sameMeaning(mapping, value, values[side]));",
    replace: "const stands = true;",
    noticedBy: [asChosen],
  },
  {
    mistake: "forget what a person chose",
    file: "sync/plan-field.ts",
    find: "if (choice && planChosen(field, choice, arrived, plan)) return;",
    replace: "",
    noticedBy: [asChosen],
  },
  {
    mistake: "give a typed value to one side alone",
    file: "sync/plan-chosen.ts",
    find: "for (const { side, travel } of travels) {",
    replace: "for (const { side, travel } of travels.slice(0, 1)) {",
    noticedBy: [asChosen],
  },
  {
    mistake: "put nothing back of a choice that was taken back",
    file: "sync/plan-field.ts",
    find: "if (resolution?.undo && chosen && planTakingBack(field, resolution, resolution.undo.base, plan)) return;",
    replace: "",
    noticedBy: [asChosen],
  },
  {
    mistake: "let another person decide what somebody has decided",
    file: "services/conflicts/store-choices.ts",
    find: "c.closed_at is null and (c.resolution is null",
    replace: "c.closed_at is null and (true or c.resolution is null",
    noticedBy: [oneOfTwo],
  },
  {
    mistake: "make no rule",
    file: "services/integrations/update-mapping.ts",
    find: ".set({ direction, policy, valueMap: checked.valueMap })",
    replace: ".set({ direction, valueMap: checked.valueMap })",
    noticedBy: [asRuled],
  },
  {
    mistake: "leave a conflict open that healed",
    file: "services/sync/commit-conflicts.ts",
    find: "where c.closed_at is null and c.integration_id",
    replace: "where c.closed_at is null and c.resolution is not null and c.integration_id",
    noticedBy: [convergence],
  },
  {
    mistake: "undo what somebody has touched since",
    file: "sync/undo.ts",
    find: 'if (touched || !same(present, after)) return "changed_since";',
    replace: "",
    noticedBy: [asUndone],
  },
  {
    mistake: "undo of a day what came after it was shown",
    file: "services/transfers/start-undo.ts",
    find: "to: earlierOf(day.to, now)",
    replace: "to: day.to",
    noticedBy: [asUndone],
  },
  {
    mistake: "put a field back to the middle of a day",
    file: "services/transfers/read-written.ts",
    find: "{ before: (ownValue(all.fields, field) ?? { before }).before, after, touched }",
    replace: "{ before, after, touched }",
    noticedBy: [asUndone],
  },
  {
    mistake: "do again what was undone",
    file: "sync/undo.ts",
    find: "plan.declined.values[id] = { ...({ [side]: before, [other]: theirs } as Both<Value>), undone: true };",
    replace: "",
    noticedBy: [asUndone],
  },
  {
    mistake: "leave a record failing whose cause is over",
    file: "services/sync/commit-statuses.ts",
    find: "status = excluded.status, reason = excluded.reason,",
    replace:
      "status = case when record_statuses.status = 'failing' then 'failing' else excluded.status end, reason = case when record_statuses.status = 'failing' then record_statuses.reason else excluded.reason end,",
    noticedBy: [isSo],
  },
  {
    mistake: "leave out for a wrong reason who has no address",
    file: "sync/plan-create.ts",
    find: 'reason: "no_email"',
    replace: 'reason: "direction"',
    noticedBy: [isSo],
  },
  {
    mistake: "send along what HubSpot has already",
    file: "services/sync/deliver-page.ts",
    find: '{ plan }: RecordWork): Record<string, string> {\n  return Object.fromEntries(\n    Object.entries(writesTo(plan, "hubspot") ?? {})',
    replace:
      '{ plan, contact }: RecordWork): Record<string, string> {\n  return Object.fromEntries(\n    Object.entries({ ...(contact ? { firstname: contact.fields.firstname ?? null } : {}), ...writesTo(plan, "hubspot") })',
    noticedBy: ["Our own write coming back plans nothing"],
  },
  {
    mistake: "send every field, whether it differs or not",
    file: "sync/plan-field.ts",
    find: 'if (merge.kind === "agreed") plan.base[id] = values.snov;',
    replace:
      'if (merge.kind === "agreed") plan.base[id] = values.snov;\n  if (merge.kind === "agreed" && mapping.writable.hubspot) plan.writes.hubspot[mapping.fields.hubspot] = present.hubspot;',
    noticedBy: [idempotence],
  },
  {
    mistake: "let a field go where the integration does not",
    file: "services/sync/planner-mapping.ts",
    find: "writableNow(integration.syncType, mapping.direction, property)",
    replace: 'writableNow("both", mapping.direction, property)',
    noticedBy: [reach],
  },
  {
    mistake: "let the records of a page go before it is concluded",
    file: "services/sync/commit-page.ts",
    find: "  const commit = async (tx: Tx): Promise<CommittedPage> => {\n    const [, moved] = await atOnce([\n      () => lockForCommit(tx, page),\n      () => withMovedLinks(tx, page.integrationId, works),\n      () => lockForEdit(tx, page.workspaceId, prospectsOf(works)),\n      () => holdLease(tx, claim),\n    ]);\n",
    replace:
      "  const early = new Map(works.map((work) => [work, decided(work, page, delivered)]));\n  await db.transaction((tx) => settlePending(tx, claim, early));\n  const commit = async (tx: Tx): Promise<CommittedPage> => {\n    const [, moved] = await atOnce([\n      () => lockForCommit(tx, page),\n      () => withMovedLinks(tx, page.integrationId, works),\n    ]);\n",
    noticedBy: [crashes],
  },
  {
    mistake: "put a look off each time its record is noticed again",
    file: "services/pending/mark-selected.ts",
    find: "due_at = least(pending_records.due_at, excluded.due_at),",
    replace: "due_at = excluded.due_at + interval '2 days',",
    noticedBy: [order],
  },
  {
    mistake: "ask where one side alone has changed",
    file: "sync/merge.ts",
    find: "if (changed.snov && changed.hubspot) {",
    replace: "if (changed.snov || changed.hubspot) {",
    noticedBy: ["A person is asked only where two people wrote"],
  },
  {
    mistake: "let who is kept apart after a merge keep its claim to the contact",
    file: "services/sync/kept-apart.ts",
    find: 'isGivenUp: (link) => about(link).some(({ outcome }) => outcome === "apart"),',
    replace: "isGivenUp: () => false,",
    noticedBy: [asChosen],
  },
  {
    mistake: "keep what was told of the erased",
    file: "services/sync/commit-erasures.ts",
    find: "await forgetErased(tx, workspaceId, {",
    replace: 'if (workspaceId === "") await forgetErased(tx, workspaceId, {',
    noticedBy: ["Erased is forgotten"],
  },
];
