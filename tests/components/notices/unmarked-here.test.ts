// Whoever arrives where a notice leads has read it; what becomes news again is to be read again.
import { expect, it } from "vitest";
import { newsKey, unmarkedHere } from "@/components/notices/unmarked-here";

const conflicts = {
  id: "c",
  kind: "conflicts_waiting",
  integrationId: "i",
  runId: null,
  newsAt: "1",
} as const;
const failing = { ...conflicts, id: "f", kind: "records_failing" } as const;

it("a page marks what leads to it, once for each time that it is news", () => {
  const here = "/settings/integrations/i/conflicts";
  expect(unmarkedHere([conflicts, failing], here, new Set())).toEqual([conflicts]);
  const marked = new Set([newsKey(conflicts)]);
  expect(unmarkedHere([conflicts], here, marked)).toEqual([]);
  const grown = { ...conflicts, newsAt: "2" };
  expect(unmarkedHere([grown], here, marked)).toEqual([grown]);
});
