import { columns } from "@/connectors/prospects/prospect-record";
import type { prospects } from "@/db/schema/prospects";
import { customFieldId } from "@/sync/snov-fields";
import type { Value } from "@/sync/value";

export type ProspectRow = typeof prospects.$inferSelect;
/** Field key (`first_name`, `emails`, `custom:<id>`, ...) → value. */
export type ProspectValues = Record<string, Value>;

type Column = (typeof columns)[keyof typeof columns];
export type ProspectContent = Pick<ProspectRow, Column | "phones" | "custom">;

/** A stored prospect by field key; `emails` come primary first. */
export function valuesOf(row: ProspectContent, emails: string[]): ProspectValues {
  const values: ProspectValues = { emails, phones: row.phones };
  for (const [key, column] of Object.entries(columns)) values[key] = row[column];
  for (const [id, value] of Object.entries(row.custom)) values[`custom:${id}`] = value;
  return values;
}

/** The columns that hold these values; `emails` live in their own table. */
export function columnsOf(values: ProspectValues, custom: ProspectRow["custom"]): Partial<ProspectContent> {
  const set: Partial<ProspectContent> = {};
  for (const [key, value] of Object.entries(values)) {
    const id = customFieldId(key);
    if (id) set.custom = { ...(set.custom ?? custom), [id]: value };
    else if (key === "phones") set.phones = Array.isArray(value) ? value : [];
    else if (isColumnKey(key)) set[columns[key]] = typeof value === "string" ? value : null;
  }
  return set;
}

/** What a prospect is called where there is room for one name. */
export function prospectName(values: ProspectValues): string | null {
  const name = [values.first_name, values.last_name].filter(Boolean).join(" ");
  const emails = values.emails;
  return name || (Array.isArray(emails) ? emails[0] : null) || textOrNull(values.linkedin_url);
}

function textOrNull(value: Value | undefined): string | null {
  return typeof value === "string" && value ? value : null;
}

function isColumnKey(key: string): key is keyof typeof columns {
  return key in columns;
}
