import { z } from "zod";

export type MailFaultReason = "unreachable" | "tls" | "sign_in" | "sender" | "recipient" | "refused";
export type MailFault = {
  reason: MailFaultReason;
  /** Whoever the e-mail is for, the server would say the same. */
  everybody: boolean;
  /** Trying again would not help. */
  forGood: boolean;
  /** What the server said; may quote addresses. */
  said: string;
};

const SmtpError = z.object({
  code: z.string().optional(),
  command: z.string().optional(),
  response: z.string().optional(),
  permanent: z.boolean().optional(),
  originalCode: z.string().optional(),
  message: z.string(),
});

/** What it means that an e-mail could not be handed over. Null for what is no answer of a mail server. */
export function mailFault(error: unknown): MailFault | null {
  const parsed = SmtpError.safeParse(error);
  if (!parsed.success || !parsed.data.code) return null;
  const { code, command, response, permanent, originalCode, message } = parsed.data;
  const reason = originalCode && ofTls.test(originalCode) ? "tls" : reasonOf(code, command);
  if (!reason) return null;
  return {
    reason,
    everybody: reason !== "recipient" && reason !== "refused",
    forGood: reason === "recipient" && permanent === true,
    said: (response ?? originalCode ?? message).slice(0, 300),
  };
}

/** Node's words for a handshake or a certificate that failed; nodemailer takes them for a fault of the socket. */
const ofTls = /^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

function reasonOf(code: string, command: string | undefined): MailFaultReason | null {
  switch (code) {
    case "ECONNECTION":
    case "ESOCKET":
    case "ETIMEDOUT":
    case "EDNS":
    case "EPROTOCOL":
    case "EPROXY":
    case "EABORT":
      return "unreachable";
    case "ETLS":
    case "EREQUIRETLS":
      return "tls";
    case "EAUTH":
    case "ENOAUTH":
    case "EOAUTH2":
      return "sign_in";
    case "EENVELOPE":
      return command?.startsWith("MAIL FROM") ? "sender" : "recipient";
    case "EMESSAGE":
    case "EMAXLIMIT":
      return "refused";
    default:
      return null;
  }
}
