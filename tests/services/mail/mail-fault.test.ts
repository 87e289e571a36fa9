import { expect, it } from "vitest";
import { mailFault } from "@/services/mail/mail-fault";

const fault = (values: object) => mailFault(Object.assign(new Error("words"), values));

it("leaves alone what is no answer of a mail server", () => {
  expect(mailFault(new Error("words"))).toBeNull();
  expect(fault({ code: "ERR_INVALID_ARG_TYPE" })).toBeNull();
  expect(mailFault("words")).toBeNull();
});

it("takes a recipient who is refused for good out of the queue, and nobody else", () => {
  const refused = { code: "EENVELOPE", command: "RCPT TO", response: "550 no such user" };
  expect(fault({ ...refused, permanent: true })).toEqual({
    reason: "recipient",
    everybody: false,
    forGood: true,
    said: "550 no such user",
  });
  expect(fault({ ...refused, permanent: false })).toMatchObject({ forGood: false, everybody: false });
  expect(fault({ code: "EENVELOPE", command: "MAIL FROM", permanent: true })).toMatchObject({
    reason: "sender",
    forGood: false,
    everybody: true,
  });
});

it.each([
  ["unreachable", { code: "ESOCKET", originalCode: "ECONNREFUSED" }],
  ["unreachable", { code: "EDNS" }],
  ["unreachable", { code: "EABORT" }],
  ["tls", { code: "ESOCKET", originalCode: "DEPTH_ZERO_SELF_SIGNED_CERT" }],
  ["tls", { code: "ETLS" }],
  ["sign_in", { code: "EAUTH", response: "535 no" }],
])("waits with all e-mails while the server is %s", (reason, values) => {
  expect(fault(values)).toMatchObject({ reason, everybody: true, forGood: false });
});

it("goes on with others where the server refused one message", () => {
  expect(fault({ code: "EMESSAGE", response: "552 too large", permanent: true })).toMatchObject({
    reason: "refused",
    everybody: false,
    forGood: false,
    said: "552 too large",
  });
});
