import type { RequestListener, ServerResponse } from "node:http";
import type { Sandbox } from "../sandbox";
import { answer } from "./answer";
import { ApiError } from "./api-error";
import type { Reply } from "./reply";
import { render } from "./reply";

/** Answers are sent only once the journal holds what they promise. */
export function createHandler(sandbox: Sandbox): RequestListener {
  return (request, response) => {
    answer(sandbox, request)
      .then(async (reply) => {
        sandbox.store.flush();
        if (reply === "drop") return void request.socket.destroy();
        send(response, reply);
      })
      .catch((error) => fail(response, error));
  };
}

function send(response: ServerResponse, reply: Reply): void {
  const { status, headers, content } = render(reply);
  response.writeHead(status, headers);
  response.end(content);
}

function fail(response: ServerResponse, error: unknown): void {
  console.error(error);
  if (response.headersSent) return void response.destroy();
  send(response, { status: 500, body: new ApiError(500, "INTERNAL_ERROR", "The sandbox failed").body() });
}
