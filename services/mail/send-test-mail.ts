import { randomUUID } from "node:crypto";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { limitAttempts } from "@/services/workspaces/limit-attempts";
import { messageIdOf, readRecipient } from "./mail-address";
import { mailFault } from "./mail-fault";
import { testMail } from "./mail-words";
import { openMailer } from "./open-mailer";

const testsPerWindow = 5;

/** Sends the person an e-mail at once, past the queue, and says in words what the mail server answered. */
export async function sendTestMail({ ctx }: { ctx: Pick<Ctx, "db" | "userId"> }): Promise<{ email: string }> {
  const mailer = openMailer();
  try {
    await limitAttempts(ctx.db, [{ kind: "test-mail", value: ctx.userId, limit: testsPerWindow }]);
    const person = await readRecipient(ctx.db, ctx.userId);
    if (!person) throw new ServiceError("not_found", "no such person");
    const messageId = messageIdOf(randomUUID());
    await mailer.send({ to: person.email, messageId, ...(await testMail(person.locale)) });
    return { email: person.email };
  } catch (error) {
    const fault = mailFault(error);
    if (!fault) throw error;
    throw new ServiceError(
      "mail_refused",
      `the mail server: ${fault.reason}`,
      { reason: `mail_${fault.reason}`, values: { said: fault.said } },
      { cause: error },
    );
  } finally {
    mailer.close();
  }
}
