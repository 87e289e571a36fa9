import type { Condition } from "./subscription";

export function conditionHolds(condition: Condition, value: string | undefined): boolean {
  const { operator, value: wanted = "", values = [] } = condition;
  const has = value ?? "";
  switch (operator) {
    case "EQ":
      return has === wanted;
    case "N_EQ":
      return has !== wanted;
    case "IN":
      return values.includes(has);
    case "NOT_IN":
      return !values.includes(has);
    case "IS_EMPTY":
      return has === "";
    case "IS_NOT_EMPTY":
      return has !== "";
    case "CONTAINS":
      return has.includes(wanted);
    case "STARTS_WITH":
      return has.startsWith(wanted);
    case "ENDS_WITH":
      return has.endsWith(wanted);
    case "LT":
      return has !== "" && order(has, wanted) < 0;
    case "LTE":
      return has !== "" && order(has, wanted) <= 0;
    case "GT":
      return has !== "" && order(has, wanted) > 0;
    case "GTE":
      return has !== "" && order(has, wanted) >= 0;
  }
}

function order(a: string, b: string): number {
  const numbers = Number(a) - Number(b);
  if (!Number.isNaN(numbers)) return numbers;
  return a < b ? -1 : a > b ? 1 : 0;
}
