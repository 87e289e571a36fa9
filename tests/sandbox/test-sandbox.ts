import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxOptions } from "../../sandbox/hubspot/sandbox";
import { startSandbox } from "../../sandbox/hubspot/start-sandbox";

export const ACCOUNT = 24_000_001;
export const REDIRECT = "http://127.0.0.1:3999/callback";
export const APP = { clientId: "test-client", clientSecret: "test-secret", appId: 4711 };
export const SCOPES = [
  "oauth",
  "crm.objects.contacts.read",
  "crm.objects.contacts.write",
  "crm.schemas.contacts.read",
  "crm.schemas.contacts.write",
  "crm.lists.read",
  "crm.lists.write",
  "crm.objects.owners.read",
];

/** Sets these calls, which may be wrong on purpose, apart from the product's own. */
const VISITOR = { "user-agent": "sandbox-test" };

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

export type TestSandbox = Awaited<ReturnType<typeof startTestSandbox>>;

/** A sandbox in this process, on a free port and in a folder of its own, that goes away with `close`. */
export async function startTestSandbox(options: Partial<SandboxOptions> = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "sandbox-"));
  const running = await startSandbox({ seed: "empty", rateLimit: false, ...APP, ...options, dataDir });
  return {
    ...clientOf(running.url),
    dataDir,
    stop: running.close,
    close: async () => {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Speaks to a sandbox as the app does (`call`) and as its tests and page do (`control`). */
export function clientOf(url: string) {
  const json = async <T>(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<Answer<T>> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...VISITOR,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      // A gateway before HubSpot answers in HTML.
      body:
        text === "" || response.headers.get("content-type")?.startsWith("text/html")
          ? null
          : JSON.parse(text),
    };
  };
  const form = async <T>(path: string, fields: Record<string, string>): Promise<Answer<T>> => {
    const response = await fetch(url + path, {
      method: "POST",
      headers: VISITOR,
      body: new URLSearchParams(fields),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? null : JSON.parse(text),
    };
  };
  const app = { client_id: APP.clientId, client_secret: APP.clientSecret };
  const consent = async (decision: string, more: Record<string, string> = {}, account = ACCOUNT) => {
    const fields = {
      client_id: APP.clientId,
      redirect_uri: REDIRECT,
      scope: SCOPES.join(" "),
      state: "s1",
      decision,
      ...more,
    };
    return fetch(`${url}/oauth/${account}/authorize`, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
  };
  const code = async (more: Record<string, string> = {}, account = ACCOUNT) => {
    const answer = await consent("connect", more, account);
    return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
  };
  const connect = async (more: Record<string, string> = {}, account = ACCOUNT) => {
    const fields = {
      ...app,
      grant_type: "authorization_code",
      redirect_uri: REDIRECT,
      code: await code(more, account),
    };
    const { body } = await form<Tokens>("/oauth/2026-03/token", fields);
    return body;
  };
  let token: string | undefined;
  const call = async <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<T>> => {
    token ??= (await connect()).access_token;
    return json<T>(method, path, body, token);
  };
  return {
    url,
    app,
    form,
    consent,
    code,
    connect,
    call,
    createContact: async (properties: Record<string, string>): Promise<ContactBody> =>
      (await call<ContactBody>("POST", "/crm/objects/2026-03/contacts", { properties })).body,
    /** The next call connects anew: the account's time was moved past the token's. */
    reconnect: () => {
      token = undefined;
    },
    raw: json,
    control: <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
      json<T>(method, `/sandbox/api${path}`, body),
  };
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  hub_id: number;
  scopes: string[];
}

export interface ContactBody {
  id: string;
  properties: Record<string, string | null>;
  archived: boolean;
}

export interface BatchBody {
  status: string;
  results: (ContactBody & { new?: boolean; objectWriteTraceId?: string })[];
  numErrors?: number;
  errors?: { category: string; message: string; context: Record<string, string[]> }[];
}

export interface ErrorBody {
  status: string;
  category: string;
  message: string;
  correlationId: string;
  errors?: { code?: string; message: string; context?: Record<string, string[]> }[];
}
