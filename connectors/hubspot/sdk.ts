import { ZodError } from "zod";
import { versionedUrl } from "./api-version";
import { RemoteError } from "./remote-error";
import type { Transport } from "./transport";

/**
 * The SDK's generated calls on our own transport. Its `Client` is left aside on purpose: its limiter and
 * its retry are one for the whole process and would mix accounts, and it has no timeouts.
 */
type Area<Config, Http, Server, Response, Request> = {
  createConfiguration: (options: { baseServer: Server; httpApi: Http }) => Config;
  ServerConfiguration: new (url: string, variables: Record<string, string>) => Server;
  ResponseContext: new (status: number, headers: Record<string, string>, body: SdkBody) => Response;
  wrapHttpLibrary: (http: { send: (request: Request) => Promise<Response> }) => Http;
};
type SdkBody = { text: () => Promise<string>; binary: () => Promise<Buffer> };
type SdkRequest = { getUrl(): string; getHttpMethod(): string; getBody(): unknown };

export function configureSdk<Config, Http, Server, Response, Request extends SdkRequest>(
  area: Area<Config, Http, Server, Response, Request>,
  apiUrl: string,
  transport: Transport,
): Config {
  const httpApi = area.wrapHttpLibrary({
    send: async (request) => {
      const body = request.getBody();
      const answer = await transport({
        method: request.getHttpMethod(),
        url: versionedUrl(request.getUrl()),
        body: typeof body === "string" ? body : undefined,
      });
      // The SDK refuses an answer that does not name its type; a page of HTML then fails as JSON.
      const headers = { ...answer.headers, "content-type": "application/json" };
      return new area.ResponseContext(answer.status, headers, {
        text: async () => answer.body.toString("utf8"),
        binary: async () => answer.body,
      });
    },
  });
  return area.createConfiguration({ baseServer: new area.ServerConfiguration(apiUrl, {}), httpApi });
}

/** Runs an SDK call and parses what it answers; an answer that is not understood may be understood later. */
export async function understood<T>(
  call: string,
  schema: { parse: (data: unknown) => T },
  run: () => Promise<unknown>,
): Promise<T> {
  try {
    return schema.parse(await run());
  } catch (cause) {
    if (cause instanceof ZodError)
      throw new RemoteError("transient", `${call}: the answer has another shape`, {}, { cause });
    // The SDK's own complaints quote the body, so they are left behind: it holds personal data.
    if (cause instanceof SyntaxError || isSdkException(cause))
      throw new RemoteError("transient", `${call}: the answer is not one that the SDK knows`);
    throw cause;
  }
}

function isSdkException(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && "body" in cause && "headers" in cause;
}
