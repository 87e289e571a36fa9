import { describe, expect, it } from "vitest";
import { policyExceptions } from "@/components/transfers/policy-exceptions";

type Mapping = Parameters<typeof policyExceptions>[0]["mappings"][number];
const mapping = (snovField: string, policy: Mapping["policy"]) => ({ snovField, policy }) as Mapping;

describe("the fields of which a transfer settles differences otherwise (Verifies: R-50)", () => {
  it("are those with a choice of their own, by what it is, and none that say the same as the integration", () => {
    const mappings = [
      mapping("phone", "hubspot_wins"),
      mapping("city", null),
      mapping("company", "ask"),
      mapping("industry", "snov_wins"),
      mapping("job_title", "hubspot_wins"),
    ];
    const found = policyExceptions({ policy: "ask", mappings });
    expect(found.map(({ policy, mappings }) => [policy, mappings.map(({ snovField }) => snovField)])).toEqual(
      [
        ["snov_wins", ["industry"]],
        ["hubspot_wins", ["phone", "job_title"]],
      ],
    );
    expect(
      policyExceptions({ policy: "hubspot_wins", mappings: [mapping("phone", "hubspot_wins")] }),
    ).toEqual([]);
  });
});
