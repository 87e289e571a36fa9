import { z } from "zod";
import type { RemoteError } from "./remote-error";

export type Contact = {
  id: string;
  properties: Record<string, string | null>;
  /** ISO 8601. */
  updatedAt: string;
  archived: boolean;
};

export type WriteOutcome = { ok: true; contact: Contact } | { ok: false; error: RemoteError };

/** A contact as the SDK gives it. */
export const WireContact = z
  .object({
    id: z.string(),
    properties: z.record(z.string(), z.string().nullable()),
    updatedAt: z.date(),
    archived: z.boolean().optional(),
    objectWriteTraceId: z.string().optional(),
  })
  .transform(({ id, properties, updatedAt, archived, objectWriteTraceId }) => ({
    contact: { id, properties, updatedAt: updatedAt.toISOString(), archived: archived ?? false } as Contact,
    trace: objectWriteTraceId,
  }));
export type WireContact = z.infer<typeof WireContact>;

/** Contacts per call of HubSpot's batch endpoints. */
export const BATCH_SIZE = 100;

export function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
