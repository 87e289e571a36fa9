import type { BatchApi } from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { z } from "zod";
import { chunks } from "@/lib/chunks";
import { storableText } from "@/lib/storable-text";
import { propertiesToAsk, toContact, WireFields } from "./contact";
import { byAskedId, refuseOtherFaults } from "./read-contacts";
import { ErrorBody } from "./read-error";
import { understood } from "./sdk";

/** A value that a property held since `at`. */
export type HistoryEntry = {
  /** As HubSpot stores it; "" where it was cleared. */
  value: string;
  at: Date;
  /** HubSpot's word for what wrote it: `INTEGRATION`, `CRM_UI`, ... */
  source: string;
  /** The app's id for `INTEGRATION`, `userId:<id>` for `CRM_UI`. */
  sourceId: string | undefined;
  userId: string | undefined;
};
export type HistoryRequest = { id: string; properties: string[] };
type Histories = Record<string, HistoryEntry[]>;

/** HubSpot halves its batches when histories are asked for. */
const HISTORY_BATCH_SIZE = 50;

const WireEntry = z
  .object({
    value: z.string().nullish(),
    timestamp: z.date(),
    sourceType: z.string(),
    sourceId: z.string().nullish(),
    updatedByUserId: z.number().nullish(),
  })
  .transform(
    ({ value, timestamp, sourceType, sourceId, updatedByUserId }): HistoryEntry => ({
      value: storableText(value ?? ""),
      at: timestamp,
      source: sourceType,
      sourceId: sourceId ?? undefined,
      userId: updatedByUserId?.toString(),
    }),
  );

const Answer = z.object({
  results: z.array(
    WireFields.extend({
      propertiesWithHistory: z.record(z.string(), z.array(WireEntry)).optional(),
    }).transform(({ propertiesWithHistory, ...fields }) => ({
      contact: toContact(fields),
      histories: propertiesWithHistory ?? {},
    })),
  ),
  errors: z.array(ErrorBody).optional(),
});

/** Newest first; a property that the contact never had has no entries. Keyed by the id that was asked for. */
export async function readHistories(
  batch: BatchApi,
  requests: HistoryRequest[],
): Promise<Map<string, Histories>> {
  const wanted = new Map<string, Set<string>>();
  for (const { id, properties } of requests)
    wanted.set(id, new Set([...(wanted.get(id) ?? []), ...properties]));
  const asked = [...wanted].filter(([, properties]) => properties.size);
  const found = new Map<string, Histories>();
  for (const part of chunks(asked, HISTORY_BATCH_SIZE)) {
    const ids = part.map(([id]) => id);
    const { results, errors } = await understood("batch/read", Answer, () =>
      batch.read(
        {
          inputs: ids.map((id) => ({ id })),
          properties: propertiesToAsk([]),
          propertiesWithHistory: [...new Set(part.flatMap(([, properties]) => [...properties]))],
        },
        false,
      ),
    );
    refuseOtherFaults(errors);
    for (const [id, { histories }] of byAskedId(ids, results, ({ contact }) => contact))
      found.set(id, pick(histories, wanted.get(id) ?? new Set()));
  }
  return found;
}

function pick(histories: Histories, properties: Set<string>): Histories {
  return Object.fromEntries([...properties].map((name) => [name, newestFirst(histories[name] ?? [])]));
}

function newestFirst(entries: HistoryEntry[]): HistoryEntry[] {
  return entries.toSorted((one, other) => other.at.getTime() - one.at.getTime());
}
