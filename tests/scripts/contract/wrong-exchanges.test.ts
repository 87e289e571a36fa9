// The checker of the HubSpot contract must be able to refuse: right calls pass, and each wrong one is told why.
import { beforeAll, describe, expect, it } from "vitest";
import { type Contract, openContract } from "@/scripts/test/contract/open-contract";
import { right } from "./right-exchanges";
import { wrongAnswers, wrongRequests } from "./wrong-exchanges";

const folder = process.env.HUBSPOT_CONTRACT_DIR ?? "";

describe.skipIf(!folder)(
  `HubSpot's description${folder ? "" : " (HUBSPOT_CONTRACT_DIR names no folder)"}`,
  () => {
    let contract: Contract;
    beforeAll(async () => {
      contract = await openContract(folder);
    });

    it.each(Object.entries(right))("accepts the right call %s, both ways", (_, call) => {
      expect([...contract.requestFaults(call), ...contract.answerFaults(call)]).toEqual([]);
    });

    it.each(wrongRequests)("refuses a request: %s", (_, call, said) => {
      expect(contract.requestFaults(call).join("\n")).toMatch(said);
    });

    it.each(wrongAnswers)("refuses an answer: %s", (_, call, said) => {
      expect(contract.answerFaults(call).join("\n")).toMatch(said);
    });

    it("needs every deviation from it that is on the list", () => {
      expect(contract.idle).toEqual([]);
    });
  },
);
