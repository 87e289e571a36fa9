/** Of how many decisions of one act it is counted exactly how many can be taken back; more are shown as this many or more. */
export const mostCountedOfAct = 1_000;
