import type { Tx } from "@/db/client";
import type { PropertiesAnswer } from "./read-properties";
import { reviewExtras } from "./review-extras";
import { reviewConnection } from "./review-mappings";
import { storeProperties } from "./store-properties";
import { tryChangedProperties } from "./try-changed-properties";
import { tryListedOptions } from "./try-listed-options";

/** Why they were read: each day, because HubSpot gave cause to doubt them, or because a person asked. */
export type ReadingCause = "daily" | "doubt" | "asked";

/**
 * The properties of an account were read: all that its integrations do with them is reviewed. Returns the integrations
 * that have work to catch up with.
 */
export async function takeInProperties(
  tx: Tx,
  connectionId: string,
  answer: PropertiesAnswer,
  why: ReadingCause = "daily",
): Promise<string[]> {
  const { definitions, changed, isOvertaken } = await storeProperties(tx, connectionId, answer);
  const read = { definitions, sensitive: isOvertaken ? undefined : answer.sensitive, labels: changed };
  const resumed = [
    ...(await reviewConnection(tx, connectionId, read)),
    ...(await reviewExtras(tx, connectionId, read)),
  ];
  // Who asks has put something right, be it what nobody had seen to be wrong.
  const inQuestion = why === "asked" ? definitions.map(({ key }) => key) : [...changed.keys()];
  const tried = [
    ...(await tryChangedProperties(tx, connectionId, inQuestion)),
    // Whoever doubts has just been refused: that it is sent again at once would have no end.
    ...(why === "daily" ? await tryListedOptions(tx, connectionId) : []),
  ];
  return [...new Set([...resumed, ...tried])];
}
