import { expect, test } from "vitest";
import { signatureV1, signatureV3 } from "../../sandbox/hubspot/webhooks/sign";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const body = "{'example_field':'example_value'}";

test("the v3 signature is the one HubSpot publishes for its example", () => {
  expect(signatureV3(secret, "POST", "https://www.example.com/webhook_uri", body, "1693657560000")).toBe(
    "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
  );
});

test("the address is signed decoded where HubSpot decodes it, without its fragment", () => {
  const plain = signatureV3(secret, "POST", "https://a.example/x?to=b@c.example", body, "1");
  expect(signatureV3(secret, "POST", "https://a.example/x?to=b%40c.example#part", body, "1")).toBe(plain);
  const space = signatureV3(secret, "POST", "https://a.example/x?to=b c", body, "1");
  expect(signatureV3(secret, "POST", "https://a.example/x?to=b%20c", body, "1")).not.toBe(space);
});

test("the v1 signature hashes the secret and the body", () => {
  expect(signatureV1("secret", "[]")).toBe(
    "e54739419ee05866a0e9d8df6b398edcb6c4e7b4c1e1a8c66b5fc889d024eb54",
  );
  expect(signatureV1("other", "[]")).not.toBe(signatureV1("secret", "[]"));
});
