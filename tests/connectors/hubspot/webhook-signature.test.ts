import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { headerFault, judgeSignature } from "@/connectors/hubspot/webhook-signature";

const isSignedByHubspot = (...given: Parameters<typeof judgeSignature>) =>
  judgeSignature(...given) === "good";

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

  test("what comes at another time is told from what HubSpot never signed", () => {
    const judged = (change: object, offset = 0) =>
      judgeSignature({ ...request, ...change }, secret, timestamp + offset);
    expect([judged({}, 300_001), judged({}, -300_001)]).toEqual(["stale", "ahead"]);
    expect(judged({ body: Buffer.from("[]") }, 299_000)).toBe("forged");
    // Which is known before there is a body.
    expect(headerFault(request, timestamp + 300_001)).toBe("stale");
    expect(headerFault(request, timestamp)).toBeUndefined();
    expect(judgeSignature(request, "another secret", timestamp)).toBe("forged");
    for (const change of [{ signature: null }, { timestamp: null }, { timestamp: "soon" }])
      expect(judged(change)).toBe("unsigned");
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

describe("the address in HubSpot's signature v3", () => {
  const signedAs = (url: string) =>
    createHmac("sha256", secret)
      .update(Buffer.concat([Buffer.from(`POST${url}`), request.body, Buffer.from(request.timestamp)]))
      .digest("base64");
  const accepts = (url: string, signed: string) =>
    isSignedByHubspot({ ...request, url, signature: signedAs(signed) }, secret, timestamp);

  // The characters that HubSpot's guide names, in either case of their codes.
  test.each(Object.entries({ "%3A": ":", "%2f": "/", "%3F": "?", "%40": "@", "%21": "!", "%24": "$" }))(
    "%s is signed as %s",
    (code, character) => {
      expect(accepts(`https://a.example/x${code}y`, `https://a.example/x${character}y`)).toBe(true);
      expect(accepts(`https://a.example/x${code}y`, `https://a.example/x${code}y`)).toBe(false);
    },
  );

  test.each(Object.entries({ "%27": "'", "%28": "(", "%29": ")", "%2A": "*", "%2c": ",", "%3b": ";" }))(
    "%s is signed as %s",
    (code, character) => {
      expect(accepts(`https://a.example/x${code}y`, `https://a.example/x${character}y`)).toBe(true);
    },
  );

  test.each(["%20", "%26", "%3D", "%25", "%2B", "%C3%A9"])("%s is signed as it is", (code) => {
    expect(accepts(`https://a.example/x${code}y`, `https://a.example/x${code}y`)).toBe(true);
    const plain = decodeURIComponent(code);
    expect(accepts(`https://a.example/x${code}y`, `https://a.example/x${plain}y`)).toBe(false);
  });

  test("a fragment is no part of it, and a query is", () => {
    expect(accepts("https://a.example/x#part", "https://a.example/x")).toBe(true);
    expect(accepts("https://a.example/x?a=1", "https://a.example/x")).toBe(false);
  });
});

test("a body in another encoding of the same text is refused: the bytes are what was signed", () => {
  const text = "[{'name':'Zoë'}]";
  const sign = (body: Uint8Array) =>
    createHmac("sha256", secret)
      .update(`POST${request.url}`)
      .update(body)
      .update(request.timestamp)
      .digest("base64");
  const [utf8, latin] = [Buffer.from(text, "utf8"), Buffer.from(text, "latin1")];
  const push = (body: Uint8Array) =>
    isSignedByHubspot({ ...request, body, signature: sign(utf8) }, secret, timestamp);
  expect(push(utf8)).toBe(true);
  expect(push(latin)).toBe(false);
  expect(push(Buffer.from(utf8.toString("utf8").normalize("NFD")))).toBe(false);
});
