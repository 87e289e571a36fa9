import { SMTPServer } from "smtp-server";

export type ReceivedMail = { to: string[]; from: string; source: string };
export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** A mail server that keeps what it is given, and can be told what to refuse. */
export async function startMailServer({
  port = 0,
  password,
}: {
  port?: number;
  /** Of the user `app`; without it nobody signs in. */
  password?: string;
} = {}) {
  const received: ReceivedMail[] = [];
  const refused = new Map<string, number>();
  const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });
  const server = new SMTPServer({
    disabledCommands: password ? ["STARTTLS"] : ["STARTTLS", "AUTH"],
    authOptional: !password,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password: given }, _session, done) =>
      username === "app" && given === password
        ? done(null, { user: username })
        : done(refusal(535, "5.7.8 wrong user or password")),
    onRcptTo({ address }, _session, done) {
      const code = refused.get(address);
      done(code ? refusal(code, `nobody called ${address} here`) : null);
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = envelope;
        received.push({
          to: rcptTo.map(({ address }) => address),
          from: mailFrom ? mailFrom.address : "",
          source: decoded(Buffer.concat(chunks).toString("utf8")),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.server.address();
  if (!address || typeof address === "string") throw new Error("the mail server has no port");
  return {
    port: address.port,
    url: `smtp://${password ? `app:${password}@` : ""}127.0.0.1:${address.port}`,
    received,
    /** Answers with this code whenever an e-mail is for that address. */
    refuse: (recipient: string, code = 550) => void refused.set(recipient, code),
    take: (recipient: string) => void refused.delete(recipient),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Of quoted-printable text: as a mail program reads it. */
function decoded(source: string): string {
  const bytes = source
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/((?:=[0-9A-F]{2})+)/g, (run) =>
      Buffer.from(run.replaceAll("=", ""), "hex").toString("utf8"),
    );
  return bytes.replaceAll("\r\n", "\n");
}

/** Empty where it has none. */
export function headerOf(mail: ReceivedMail | undefined, name: string): string {
  const [head = ""] = mail?.source.split("\n\n") ?? [];
  return new RegExp(`^${name}: (.*(?:\\n\\s.*)*)`, "im").exec(head)?.[1]?.replaceAll(/\s+/g, " ") ?? "";
}
