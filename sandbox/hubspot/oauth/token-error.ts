import { randomUUID } from "node:crypto";
import type { Reply } from "../http/reply";

/** RFC 6749's shape with HubSpot's own status beside it. */
export function tokenError(error: string, status: string, message: string): Reply {
  return {
    status: 400,
    body: { error, error_description: message, status, message, correlationId: randomUUID() },
  };
}
