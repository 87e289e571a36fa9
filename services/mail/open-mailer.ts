import nodemailer from "nodemailer";
import { env } from "@/lib/env";
import { ServiceError } from "@/services/service-error";

export type OutgoingMail = { to: string; messageId: string; subject: string; text: string; html: string };
export type Mailer = { send(mail: OutgoingMail): Promise<void>; close(): void };

/** How long handing one e-mail over may take in all. */
const sendMs = 60_000;

/** A connection to the mail server for some e-mails in a row; nobody else's files or addresses are ever read. */
export function openMailer(): Mailer {
  const { SMTP_URL, MAIL_FROM } = env();
  if (!SMTP_URL || !MAIL_FROM)
    throw new ServiceError("mail_refused", "no mail server is set", { reason: "mail_off" });
  const transport = nodemailer.createTransport(
    {
      url: SMTP_URL,
      pool: true,
      maxConnections: 1,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: MAIL_FROM, headers: { "Auto-Submitted": "auto-generated" } },
  );
  return {
    async send({ to, ...mail }) {
      await transport.sendMail({
        ...mail,
        to: { name: "", address: to },
        signal: AbortSignal.timeout(sendMs),
      });
    },
    close: () => transport.close(),
  };
}
