import { ApiError } from "./api-error";
import type { Incoming } from "./incoming";

const LIMIT_BYTES = 10 << 20;

export async function readBody(request: Incoming): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LIMIT_BYTES) throw new ApiError(413, "VALIDATION_ERROR", "Request body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, "VALIDATION_ERROR", "Invalid input JSON: the body could not be parsed");
  }
}
