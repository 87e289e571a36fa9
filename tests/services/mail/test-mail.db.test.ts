// Whoever sets e-mails up learns at once whether they arrive, and why not.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signInFailures } from "@/db/schema/workspaces";
import { sendTestMail } from "@/services/mail/send-test-mail";
import { headerOf, type MailServer, startMailServer } from "../../support/mail-server";
import { type MailWorld, openMailWorld } from "./mail-world";

let world: MailWorld;
let server: MailServer;
beforeAll(async () => {
  world = await openMailWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.db.delete(signInFailures);
  server = await startMailServer({ password: "hush" });
  world.mailBy(server.url);
});
afterEach(() => server.stop());

const test = () => sendTestMail({ ctx: world.ctx });
const failsWith = (reason: string, said = "") =>
  expect(test()).rejects.toMatchObject({
    code: "mail_refused",
    details: { reason, values: { said: expect.stringContaining(said) } },
  });

describe("a test e-mail", () => {
  it("goes to the person's own address", async () => {
    expect(await test()).toEqual({ email: "ana@example.com" });
    expect(server.received).toMatchObject([{ to: ["ana@example.com"] }]);
    expect(headerOf(server.received[0], "Subject")).toBe("Your e-mail notices arrive");
  });

  it("says which part of the settings the mail server does not take", async () => {
    world.mailBy(server.url.replace("hush", "wrong"));
    await failsWith("mail_sign_in", "wrong user or password");
    world.mailBy(server.url.replace("smtp:", "smtps:"));
    await failsWith("mail_tls");
    world.mailBy(server.url);
    server.refuse("ana@example.com");
    await failsWith("mail_recipient", "nobody called ana@example.com here");
    await server.stop();
    await failsWith("mail_unreachable", "ECONNREFUSED");
    world.mailBy(undefined);
    await expect(test()).rejects.toMatchObject({ details: { reason: "mail_off" } });
  });

  it("can be asked for five times in a quarter of an hour", async () => {
    for (let time = 0; time < 5; time += 1) await test();
    await expect(test()).rejects.toMatchObject({ code: "too_many_attempts" });
    expect(server.received).toHaveLength(5);
  });
});
