/** What an API server answers when it refuses (meta/v1 Status). */
export interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly StatusCause[] };
}

export interface StatusCause {
  readonly field?: string;
  readonly message?: string;
  readonly reason?: string;
}

/** The API server refused. Its own message, and a line for each cause that the message does not say already. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status code. */
  readonly code: number;
  /** Such as Invalid, Conflict or NotFound; empty where the answer was no Status. */
  readonly reason: string;

  constructor(request: string, code: number, { message = `HTTP ${code}`, reason = "", details }: Status) {
    const causes = details?.causes ?? [];
    const unsaid = causes.filter((cause) => !message.includes(cause.message ?? ""));
    const lines = unsaid.map(({ field = "", message }) => `\n  ${field}: ${message}`);
    super(`cannot ${request}: ${message}${lines.join("")}`);
    this.code = code;
    this.reason = reason;
  }
}
