import { getSystemErrorMap } from "node:util";

/**
 * Why something failed, in words that go behind a colon: "address already in use" rather than "listen EADDRINUSE …".
 */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return systemReason(error) ?? error.message;
}

function systemReason(error: Error): string | undefined {
  if (!("errno" in error) || typeof error.errno !== "number") return undefined;
  const [name, text] = getSystemErrorMap().get(error.errno) ?? [];
  // Errors of zlib have numbers of their own.
  return "code" in error && error.code === name ? text : undefined;
}
