import type { Tx } from "@/db/client";
import type { AccountProperties } from "./read-properties";
import { reviewExtras } from "./review-extras";
import { reviewConnection } from "./review-mappings";
import { storeProperties } from "./store-properties";
import { tryChangedProperties } from "./try-changed-properties";
import { tryListedOptions } from "./try-listed-options";

/**
 * The properties of an account were read: all that its integrations do with them is reviewed. Returns the integrations
 * that have work to catch up with.
 */
export async function takeInProperties(
  tx: Tx,
  connectionId: string,
  { definitions, sensitive }: AccountProperties,
  { isDoubted = false }: { isDoubted?: boolean } = {},
): Promise<string[]> {
  const changed = await storeProperties(tx, connectionId, definitions);
  const read = { definitions, sensitive, labels: changed };
  const resumed = [
    ...(await reviewConnection(tx, connectionId, read)),
    ...(await reviewExtras(tx, connectionId, read)),
  ];
  const tried = [
    ...(await tryChangedProperties(tx, connectionId, [...changed.keys()])),
    // Whoever doubts has just been refused: that it is sent again at once would have no end.
    ...(isDoubted ? [] : await tryListedOptions(tx, connectionId)),
  ];
  return [...new Set([...resumed, ...tried])];
}
