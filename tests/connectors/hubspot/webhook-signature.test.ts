import { describe, expect, test } from "vitest";
import { isSignedByHubspot } from "@/connectors/hubspot/webhook-signature";

// The vector that HubSpot's own libraries are tested with.
const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const timestamp = 1_693_657_560_000;
const request = {
  method: "POST",
  url: "https://www.example.com/webhook_uri",
  body: Buffer.from("{'example_field':'example_value'}"),
  signature: "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
  timestamp: String(timestamp),
};

describe("HubSpot's signature v3", () => {
  test("the published vector is accepted, up to five minutes off either way", () => {
    for (const offset of [0, 299_000, -299_000])
      expect(isSignedByHubspot(request, secret, timestamp + offset)).toBe(true);
  });

  test.each([300_001, -300_001])("a clock %i ms away refuses it", (offset) => {
    expect(isSignedByHubspot(request, secret, timestamp + offset)).toBe(false);
  });

  const changes: [string, object][] = [
    ["method", { method: "PUT" }],
    ["address", { url: "https://www.example.com/webhook_uri/" }],
    ["body", { body: Buffer.from('{"example_field":"example_value"}') }],
    ["signature", { signature: "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Z=" }],
    ["length of the signature", { signature: "K36dawei4A==" }],
    ["time", { timestamp: "1693657560001" }],
    ["form of the time", { timestamp: "1693657560000.0" }],
    ["presence of the time", { timestamp: null }],
    ["presence of the signature", { signature: null }],
  ];
  test.each(changes)("another %s is refused", (_name, change) => {
    expect(isSignedByHubspot({ ...request, ...change }, secret, timestamp)).toBe(false);
  });
});
