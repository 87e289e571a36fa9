import { randomUUID } from "node:crypto";

export interface ErrorDetail {
  message: string;
  code?: string;
  in?: string;
  context?: Record<string, string[]>;
}

export interface ErrorFields {
  context?: Record<string, string[]>;
  errors?: ErrorDetail[];
  subCategory?: string;
}

/** An answer in HubSpot's error envelope. */
export class ApiError extends Error {
  readonly status: number;
  readonly category: string;
  readonly fields: ErrorFields;

  constructor(status: number, category: string, message: string, fields: ErrorFields = {}) {
    super(message);
    this.status = status;
    this.category = category;
    this.fields = fields;
  }

  body(): object {
    return {
      status: "error",
      message: this.message,
      correlationId: randomUUID(),
      ...this.fields,
      category: this.category,
    };
  }

  /** The shape of an item in a batch answer's `errors`. */
  batchItem(context: Record<string, string[]>): object {
    return {
      status: "error",
      category: this.category,
      message: this.message,
      context: { ...this.fields.context, ...context },
      ...(this.fields.errors ? { errors: this.fields.errors } : {}),
    };
  }
}

export function invalid(message: string, fields?: ErrorFields): ApiError {
  return new ApiError(400, "VALIDATION_ERROR", message, fields);
}

export function notFound(message = "resource not found"): ApiError {
  return new ApiError(404, "OBJECT_NOT_FOUND", message);
}

export function conflict(message: string): ApiError {
  return new ApiError(409, "CONFLICT", message);
}
