import { expect, it } from "vitest";
import { bearer, isSigned, sameText, sign } from "@/inngest/runner/signature";

const key = "signkey-test-00ff11ee";
const now = new Date("2026-01-01T00:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

it("accepts its own signature within five minutes, and nothing else", () => {
  const header = sign('{"a":1}', key, now);
  expect(isSigned(header, '{"a":1}', key, later(299))).toBe(true);
  expect(isSigned(header, '{"a":1}', key, later(301))).toBe(false);
  expect(isSigned(header, '{"a":2}', key, now)).toBe(false);
  expect(isSigned(header, '{"a":1}', "signkey-test-00ff11ef", now)).toBe(false);
  for (const forged of [undefined, "", "t=&s=", "t=abc&s=00", header.replace("t=", "t=1")]) {
    expect(isSigned(forged, '{"a":1}', key, now)).toBe(false);
  }
});

it("expects the SDK's bearer: the prefix and the hash of the key's bytes", () => {
  // sha256 of the bytes 00 ff 11 ee
  expect(bearer(key)).toBe(
    "Bearer signkey-test-0d1f914fd7b715a70e4af921a290ba60366840a275aff8eaf8c9ad7566c1fa20",
  );
});

it("compares texts of any length", () => {
  expect(sameText("abc", "abc")).toBe(true);
  expect(sameText("abc", "abcd")).toBe(false);
  expect(sameText("", "")).toBe(true);
});
