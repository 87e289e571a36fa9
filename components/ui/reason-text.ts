/** What next-intl gives a component, or a route, of a part of the texts. */
type Texts = { (key: string, values?: Record<string, string>): string; has(key: string): boolean };

/**
 * Why one record, or a field of it, is as it is, as a sentence. `reasons`: the texts under `recordReason`, of which some
 * have another one where it is about a field; `standard`: those under `fields.standard`, which name standard fields in the
 * person's language.
 */
export function reasonText(
  { reasons, standard }: { reasons: Texts; standard: Texts },
  reason: string,
  detail: Record<string, string>,
): string {
  const { field = "", ...rest } = detail;
  const named = standard.has(field) ? standard(field) : field;
  const ofField = `${reason}_of_field`;
  const key = named && reasons.has(ofField) ? ofField : reasons.has(reason) ? reason : "unexpected";
  return reasons(key, {
    value: "",
    message: "",
    side: "",
    ...rest,
    field: named,
  });
}
