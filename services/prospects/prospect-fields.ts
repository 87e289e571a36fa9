import type { ChoiceOption } from "@/db/schema/prospects";
import { customFieldKey, type SnovFieldKey, snovFieldKeys } from "@/sync/snov-fields";
import { type FieldType, sameValue, type Value } from "@/sync/value";

/** Emails and phones are edited as one ordered list each; the first one is the primary one, which is mapped. */
export type ProspectFieldKind = FieldType | "emails" | "phones";

export type ProspectField = {
  /** `first_name`, `emails`, `custom:<id>`, ... */
  key: string;
  kind: ProspectFieldKind;
  options: ChoiceOption[];
  /** A custom field's name; the names of standard fields are texts of the interface. */
  name: string | null;
};

type CustomFieldShape = { id: string; name: string; type: FieldType; options: ChoiceOption[] };

/** Everything that can be edited about a prospect, in the order in which it is shown. */
export function prospectFields(custom: CustomFieldShape[]): ProspectField[] {
  const standard = snovFieldKeys.map((key): ProspectField => {
    const kind = listKinds[key];
    return kind
      ? { key: kind, kind, options: [], name: null }
      : { key, kind: "text", options: [], name: null };
  });
  return [
    ...standard,
    ...custom.map(
      ({ id, name, type, options }): ProspectField => ({
        key: customFieldKey(id),
        kind: type,
        options,
        name,
      }),
    ),
  ];
}

/** Like `sameValue`, but the order of e-mails and phones counts. */
export function sameFieldValue(kind: ProspectFieldKind, a: Value | undefined, b: Value | undefined): boolean {
  if (kind === "emails" || kind === "phones") {
    return JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
  }
  return sameValue(kind, a, b);
}

const listKinds: Partial<Record<SnovFieldKey, "emails" | "phones">> = { email: "emails", phone: "phones" };

/** The field that is mapped and told of in activities: of a list, its first one. */
export function mappedKeyOf(key: string): string {
  const [first] = Object.entries(listKinds).find(([, kind]) => kind === key) ?? [];
  return first ?? key;
}
