/** Why an API server refuses, as the `reason` of a Kubernetes Status has it; InternalError where it names none. */
export type ApiErrorReason =
  | "NotFound"
  | "AlreadyExists"
  | "Conflict"
  | "Invalid"
  | "Forbidden"
  | "BadRequest"
  | "InternalError";

/** An answer of an API server other than the one that was hoped for. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly reason: ApiErrorReason;

  constructor(reason: ApiErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export function isApiError(error: unknown, reason: ApiErrorReason): error is ApiError {
  return error instanceof ApiError && error.reason === reason;
}
