import { z } from "zod";
import { storableText } from "@/lib/storable-text";

const instant = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?[+-]\d{2}(:\d{2})?$/;

/** A place between two rows as an address carries it: `<id>~<sort value>`. What cannot be read is no cursor. */
export const Cursor = z
  .string()
  .transform(storableText)
  .transform((text) => ({ id: text.slice(0, 36), key: text.slice(37) }))
  .pipe(z.object({ id: z.uuid(), key: z.string().max(300) }))
  .nullable()
  .catch(null);

/** Postgres reads the key of this cursor as an instant. */
export function isInstant(cursor: { key: string } | null): boolean {
  return cursor !== null && instant.test(cursor.key) && !Number.isNaN(Date.parse(cursor.key));
}
