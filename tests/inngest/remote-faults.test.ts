// What the engine of the functions is told of an error: when to try again, and nobody's data.
import { DrizzleQueryError } from "drizzle-orm/errors";
import { NonRetriableError, RetryAfterError } from "inngest";
import { describe, expect, it } from "vitest";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { untilTheNext, withRemoteFaults } from "@/inngest/remote-faults";

const told = (error: unknown) =>
  withRemoteFaults(() => Promise.reject(error)).catch((thrown: unknown) => thrown);

describe("an error of a step (Verifies: R-97)", () => {
  it("of the database is told by its code and place, without the values that the statement was given", async () => {
    const refused = Object.assign(new Error("duplicate key (email)=(ana@example.com)"), { code: "23505" });
    const error = await told(new DrizzleQueryError("insert into prospects", ["ana@example.com"], refused));
    const everything = JSON.stringify(error, ["message", "stack", "cause", "name"]);
    expect(everything).toContain("23505");
    expect(everything).toContain("remote-faults.test.ts");
    expect(everything).not.toContain("ana@example.com");
  });

  it.each([
    { kind: "rate_limited", retryAfterMs: 7_000, seconds: "7" },
    { kind: "transient", retryAfterMs: undefined, seconds: "3" },
  ] as const)(
    "of HubSpot that passes ($kind) is tried again when HubSpot says",
    async ({ seconds, ...error }) => {
      const thrown = await told(new RemoteError(error.kind, "POST /crm: 503", error));
      expect(thrown).toBeInstanceOf(RetryAfterError);
      expect(thrown).toMatchObject({ retryAfter: seconds });
    },
  );

  it("of HubSpot that does not pass is not tried again", async () => {
    expect(await told(new RemoteError("forbidden", "POST /crm: 403"))).toBeInstanceOf(NonRetriableError);
  });
});

describe("what begins anew every minute (Verifies: R-74)", () => {
  const poll = (retryAfterMs: number) =>
    untilTheNext({ everyMs: 60_000, instead: { more: false } }, () =>
      Promise.reject(new RemoteError("rate_limited", "the day is used up", { retryAfterMs })),
    );

  it("is over where HubSpot asks for a longer wait, so that the next one is not kept out", async () => {
    expect(await poll(3_600_000)).toEqual({ more: false });
  });

  it("waits itself where HubSpot asks for less", async () => {
    const told = await withRemoteFaults(() => poll(10_000)).catch((thrown: unknown) => thrown);
    expect(told).toBeInstanceOf(RetryAfterError);
  });
});
