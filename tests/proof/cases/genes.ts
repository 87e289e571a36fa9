import fc from "fast-check";

// A case is drawn as small numbers and built from them: that is fast, and shrinks towards the plainest case.

/** Per mapping. Of 0…15 for a value, 15 is "not there"; of 0…19 for a rarer one, below 12 is "none". */
const field = {
  type: fc.nat(6),
  direction: fc.nat(5),
  policy: fc.nat(3),
  stopped: fc.nat(9),
  snovMap: fc.nat(3),
  hubspotMap: fc.nat(3),
  snov: fc.nat(15),
  hubspot: fc.nat(15),
  base: fc.nat(14),
  sentSnov: fc.nat(15),
  sentSnovAgain: fc.nat(13),
  sentHubspot: fc.nat(15),
  sentHubspotAgain: fc.nat(13),
  /** Which of them certainly arrived, if any. */
  arrivedSnov: fc.nat(5),
  arrivedHubspot: fc.nat(3),
  openSnov: fc.nat(19),
  openHubspot: fc.nat(8),
  declinedSnov: fc.nat(16),
  declinedHubspot: fc.nat(8),
  refusedOn: fc.nat(11),
  refusedValue: fc.nat(8),
  binnedSnov: fc.nat(14),
  binnedHubspot: fc.nat(14),
  /** Nobody touched it since both sides agreed. */
  calm: fc.nat(3),
  /** What a person decided, whether about these values, and whether they took it back. */
  choice: fc.nat(19),
  seenMoved: fc.nat(3),
  seenSnov: fc.nat(8),
  seenHubspot: fc.nat(8),
  typed: fc.nat(8),
  undone: fc.nat(3),
  undoneBase: fc.nat(14),
};

const genesOfField = fc.record(field, { noNullPrototype: true });

const times = fc.array(fc.nat(3), { minLength: 5, maxLength: 5 });

export const caseGenes = fc.record(
  {
    fields: fc.array(genesOfField, { minLength: 1, maxLength: 4 }),
    identity: genesOfField,
    withoutIdentity: fc.nat(9),
    syncType: fc.nat(2),
    calm: fc.nat(3),
    snovLacks: fc.nat(63),
    hubspotLacks: fc.nat(63),
    keepsRemoved: fc.nat(3),
    snovConstant: fc.nat(3),
    hubspotConstant: fc.nat(3),
    snovStatus: fc.nat(5),
    hubspotStatus: fc.nat(5),
    /** Below 4, one bit for the constant and one for the status. */
    snovOwed: fc.nat(7),
    hubspotOwed: fc.nat(7),
    /** Below 16, one bit for each side's constant and for each side's status. */
    refusedExtras: fc.nat(31),
    refusedOther: fc.nat(3),
    presence: fc.nat(10),
    link: fc.nat(5),
    synced: fc.nat(3),
    linkScope: fc.nat(7),
    undoneCreation: fc.nat(15),
    takesUpUndone: fc.nat(3),
    snovAbsence: fc.nat(3),
    hubspotAbsence: fc.nat(3),
    erased: fc.nat(15),
    removalChoice: fc.nat(3),
    removalMoved: fc.nat(3),
    snovRemoval: fc.nat(5),
    hubspotRemoval: fc.nat(5),
    snovOwner: fc.nat(7),
    hubspotOwner: fc.nat(7),
    snovExtra: fc.nat(15),
    hubspotExtra: fc.nat(15),
    snovScope: fc.nat(7),
    hubspotScope: fc.nat(7),
    snovTimes: times,
    hubspotTimes: times,
    createdInScope: fc.nat(7),
    crashWhole: fc.nat(1),
    crashMask: fc.nat(255),
    turn: fc.nat(4),
  },
  { noNullPrototype: true },
);

type Drawn<T> = T extends fc.Arbitrary<infer U> ? U : never;
export type CaseGenes = Drawn<typeof caseGenes>;
export type FieldGenes = Drawn<typeof genesOfField>;
