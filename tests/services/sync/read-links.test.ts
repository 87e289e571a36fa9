import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { expect, it } from "vitest";
import { ofRecords } from "@/services/sync/read-links";

const asked = (prospectIds: string[], contactIds: string[]) =>
  new PgDialect().sqlToQuery(sql`${ofRecords("i", { prospectIds, contactIds })}`).sql;

it.each([
  ["prospects", ["p"], [], "prospect_id", "contact_id"],
  ["contacts", [], ["c"], "contact_id", "prospect_id"],
])("the links of %s alone are asked for by one index", (_which, prospectIds, contactIds, by, other) => {
  expect(asked(prospectIds, contactIds)).toContain(`"${by}" = any`);
  expect(asked(prospectIds, contactIds)).not.toContain(other);
});

it("those of both by either", () => {
  expect(asked(["p"], ["c"])).toMatch(/"prospect_id" = any.* or .*"contact_id" = any/);
});
