import type { prospects } from "@/db/schema/prospects";
import type { Value } from "@/sync/value";

/** A prospect as the engine sees it. */
export type ProspectRecord = {
  id: string;
  version: number;
  name: string;
  /** Standard field keys and `custom:<id>` → value. */
  fields: Record<string, Value>;
  /** Field key → when it last changed, in milliseconds since 1970; absent where nobody noted it. */
  changedAt: Record<string, number>;
  /** Primary first. */
  emails: string[];
  listIds: string[];
};

export type ProspectRow = Omit<
  typeof prospects.$inferSelect,
  "createdAt" | "updatedAt" | "deletedAt" | "deletedBy"
>;

/** Field key → column, for the standard fields that are one text column each. */
export const columns = {
  first_name: "firstName",
  last_name: "lastName",
  job_title: "jobTitle",
  company: "company",
  website: "website",
  country: "country",
  city: "city",
  industry: "industry",
  linkedin_url: "linkedinUrl",
} as const satisfies Record<string, keyof ProspectRow>;

export function toRecord(row: ProspectRow, emails: string[], listIds: string[]): ProspectRecord {
  const fields: Record<string, Value> = { email: emails[0] ?? null, phone: row.phones[0] ?? null };
  for (const [key, column] of Object.entries(columns)) fields[key] = row[column];
  for (const [id, value] of Object.entries(row.custom)) fields[`custom:${id}`] = value;
  const name = [row.firstName, row.lastName].filter(Boolean).join(" ") || (emails[0] ?? "");
  const changedAt = Object.fromEntries(
    Object.entries(row.fieldChanges).map(([key, { at }]) => [key, Date.parse(at)]),
  );
  return { id: row.id, version: row.version, name, fields, changedAt, emails, listIds };
}

/** The columns that `writes` changes; the e-mail lives in a table of its own. */
export function applyWrites<
  R extends Pick<ProspectRow, (typeof columns)[keyof typeof columns] | "phones" | "custom">,
>(row: R, writes: Record<string, Value>): R {
  const next = { ...row, custom: { ...row.custom } };
  for (const [key, value] of Object.entries(writes)) {
    if (key === "email") continue;
    if (key === "phone") next.phones = replaceFirst(row.phones, value);
    else if (key.startsWith("custom:")) next.custom[key.slice("custom:".length)] = value;
    else if (key in columns) Object.assign(next, { [columns[key as keyof typeof columns]]: asText(value) });
    else throw new Error(`no such prospect field: ${key}`);
  }
  return next;
}

function replaceFirst(phones: string[], value: Value): string[] {
  const first = asText(value);
  return first === null ? phones.slice(1) : [first, ...phones.slice(1).filter((phone) => phone !== first)];
}

function asText(value: Value): string | null {
  return value === null ? null : String(value);
}
