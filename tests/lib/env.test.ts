// Verifies: R-96
import { expect, it } from "vitest";
import { parseEnv } from "@/lib/env";

const complete = {
  DATABASE_URL: "postgres://a:b@localhost/c",
  APP_URL: "https://sync.example.com/",
  NEXTAUTH_SECRET: "x".repeat(32),
  ENCRYPTION_KEYS: `1:${Buffer.alloc(32).toString("base64")}`,
  HUBSPOT_CLIENT_ID: "id",
  HUBSPOT_CLIENT_SECRET: "secret",
  HUBSPOT_APP_ID: "1",
  INNGEST_EVENT_KEY: "key",
  INNGEST_SIGNING_KEY: "signkey",
};

it("takes a complete environment, with defaults for what may be left out", () => {
  expect(parseEnv(complete)).toMatchObject({ APP_URL: "https://sync.example.com", LOG_LEVEL: "info" });
});

it("names everything missing, malformed or half set in one message, and no value", () => {
  const faulty = { ...complete, HUBSPOT_APP_ID: " ", DATABASE_URL: "mysql://secret", OIDC_CLIENT_ID: "me" };
  let said = "";
  try {
    parseEnv(faulty);
  } catch (error) {
    said = String(error);
  }
  for (const name of ["HUBSPOT_APP_ID", "DATABASE_URL", "OIDC_ISSUER", "OIDC_CLIENT_SECRET"])
    expect(said).toContain(`  ${name}: `);
  expect(said).not.toContain("secret\n");
  expect(said).not.toContain("mysql");
});

it("takes a mail server with a sender, or neither, and says what is wrong without the password", () => {
  const mail = {
    SMTP_URL: "smtps://app:p%40ss@mail.example.com:465",
    MAIL_FROM: "Instep <notices@example.com>",
  };
  expect(parseEnv({ ...complete, ...mail })).toMatchObject({ ...mail, MAIL_DIGEST_HOUR: 7 });
  expect(
    parseEnv({ ...complete, ...mail, MAIL_FROM: "notices@example.com", MAIL_DIGEST_HOUR: "0" }),
  ).toMatchObject({
    MAIL_DIGEST_HOUR: 0,
  });
  const faulty: [Record<string, string>, RegExp][] = [
    [{ SMTP_URL: mail.SMTP_URL }, /MAIL_FROM: is missing/],
    [{ MAIL_FROM: mail.MAIL_FROM }, /SMTP_URL: is missing/],
    [{ ...mail, SMTP_URL: "https://app:hush@mail.example.com" }, /SMTP_URL: must start with smtp:\/\//],
    [{ ...mail, SMTP_URL: "smtp://app:hush%@mail.example.com:port" }, /SMTP_URL: /],
    [{ ...mail, MAIL_FROM: "Instep notices@example.com" }, /MAIL_FROM: must be an address/],
    [{ ...mail, MAIL_FROM: "Instep <a@b.example>\r\nBcc: eve@example.com" }, /MAIL_FROM: must be an address/],
    [{ ...mail, MAIL_DIGEST_HOUR: "24" }, /MAIL_DIGEST_HOUR: /],
  ];
  for (const [values, said] of faulty) {
    expect(() => parseEnv({ ...complete, ...values })).toThrow(said);
    expect(() => parseEnv({ ...complete, ...values })).not.toThrow(/hush/);
  }
});
