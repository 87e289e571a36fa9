/**
 * Why a way of learning of HubSpot's changes brings nothing. refused: HubSpot said no to the question, or the account
 * may not ask it. unforeseen: an error of ours.
 */
export type SourceFaultKind = "no_answer" | "asked_to_wait" | "refused" | "unforeseen";

/** `since` is when it first failed after it had last worked. */
export type SourceFault = { kind: SourceFaultKind; since: string };
