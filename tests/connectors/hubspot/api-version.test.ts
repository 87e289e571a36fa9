import { expect, test } from "vitest";
import { versionedUrl } from "@/connectors/hubspot/api-version";

const api = "https://api.hubapi.com";
test.each([
  [
    "/crm/v3/objects/contacts/batch/read?archived=false",
    "/crm/objects/2026-03/contacts/batch/read?archived=false",
  ],
  ["/crm/v3/objects/contacts/a%2Bb%40x.org", "/crm/objects/2026-03/contacts/a%2Bb%40x.org"],
  ["/crm/v3/properties/contacts", "/crm/properties/2026-03/contacts"],
  ["/crm/v3/lists/search", "/crm/lists/2026-03/search"],
  ["/crm/v3/owners/?limit=100", "/crm/owners/2026-03?limit=100"],
])("the SDK's %s goes to %s", (sdk, ours) => {
  expect(versionedUrl(api + sdk)).toBe(api + ours);
});

test("a path without a known place in the version is refused", () => {
  expect(() => versionedUrl(`${api}/crm/v4/associations/x`)).toThrow("2026-03");
});
