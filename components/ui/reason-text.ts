import type { Texts } from "./texts";

/**
 * Why one record, or a field of it, is as it is, as a sentence. `reasons`: the texts under `recordReason`, of which some
 * have another one where it is about a field, or where other fields are not compared; `standard`: those under
 * `fields.standard`, which name standard fields in the person's language.
 */
export function reasonText(
  { reasons, standard }: { reasons: Texts; standard: Texts },
  reason: string,
  detail: Record<string, string>,
): string {
  const { field = "", fields = "", stopped = "", ...rest } = detail;
  const name = (one: string) => (standard.has(one) ? standard(one) : one);
  const list = (names: string) => names.split("\n").map(name).join(", ");
  const named = name(field);
  const variants = [...(named ? [`${reason}_of_field`] : []), ...(stopped ? [`${reason}_and_stopped`] : [])];
  const key = [...variants, reason].find((one) => reasons.has(one)) ?? "unexpected";
  return reasons(key, {
    value: "",
    message: "",
    side: "",
    ...rest,
    field: named,
    fields: list(fields),
    stopped: list(stopped),
  });
}
