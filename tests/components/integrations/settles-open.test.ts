// Who narrows the direction or names a winner is told before saving that it also settles what waits for a person.
import { describe, expect, it } from "vitest";
import { directionSettlesOpen, policySettlesOpen } from "@/components/integrations/settles-open";

const saved = {
  launchedAt: "2026-01-01T00:00:00.000Z",
  syncType: "both",
  policy: "ask",
  mappings: [
    { id: "title", policy: null },
    { id: "phone", policy: "hubspot_wins" },
  ],
} as unknown as Parameters<typeof policySettlesOpen>[0];
const exceptions = { phone: "hubspot_wins" } as const;

// Verifies: R-61
describe("what waits for a person is settled by saving", () => {
  it("a sync type that goes one way, once it has been launched", () => {
    expect(directionSettlesOpen(saved, "to_snov")).toBe(true);
    expect(directionSettlesOpen(saved, "both")).toBe(false);
    expect(directionSettlesOpen({ ...saved, launchedAt: null }, "to_snov")).toBe(false);
    expect(directionSettlesOpen({ ...saved, syncType: "to_snov" }, "to_hubspot")).toBe(false);
  });

  it("a choice for all fields, or for one, that names what is kept", () => {
    expect(policySettlesOpen(saved, { policy: "snov_wins", exceptions })).toBe(true);
    expect(policySettlesOpen(saved, { policy: "ask", exceptions: { title: "most_recent" } })).toBe(true);
    expect(policySettlesOpen(saved, { policy: "ask", exceptions })).toBe(false);
    expect(policySettlesOpen(saved, { policy: "ask", exceptions: {} })).toBe(false);
    expect(policySettlesOpen({ ...saved, launchedAt: null }, { policy: "snov_wins", exceptions })).toBe(
      false,
    );
  });
});
