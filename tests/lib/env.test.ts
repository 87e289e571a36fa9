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
