import type { ServiceErrorCode } from "./service-error";

/** An expected failure as the interface receives it; `unexpected` carries the id under which it was logged. */
export type Failure = {
  code: ServiceErrorCode | "unexpected";
  /** A key of the texts `errors.*`, more exact than the code. */
  reason?: string;
  values?: Record<string, string | number>;
  /** Input name → key of the texts `errors.*`. */
  fields?: Record<string, string>;
  /** What HubSpot's support finds its answer by. */
  reference?: string;
};

export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: Failure };
