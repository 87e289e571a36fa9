// What of an error may be logged.
import { describe, expect, it } from "vitest";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { errorFields } from "@/lib/log";

const refusal = new RemoteError("rejected", "POST /crm: 400 VALIDATION_ERROR", {
  status: 400,
  category: "VALIDATION_ERROR",
  correlationId: "c-1",
  said: "ana@example.com is wrong",
  fields: [{ property: "email", code: "INVALID_EMAIL", message: "ana@example.com is wrong" }],
});

describe("the fields of an error (Verifies: R-97)", () => {
  it.each([
    ["itself", refusal],
    ["what caused it", new Error("of ours", { cause: refusal })],
  ])("hold what HubSpot finds its answer by where the error is %s, and nobody's data", (_, error) => {
    const fields = errorFields(error);
    expect(fields).toMatchObject({
      kind: "rejected",
      status: 400,
      category: "VALIDATION_ERROR",
      correlationId: "c-1",
    });
    expect(JSON.stringify(fields)).not.toContain("ana@");
  });

  it("take nothing from an error that is no system's answer", () => {
    const error = Object.assign(new Error("of ours"), { kind: "ana@example.com", status: 7 });
    expect(errorFields(error)).not.toHaveProperty("kind");
    expect(errorFields(error)).not.toHaveProperty("status");
  });
});
