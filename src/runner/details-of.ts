import { isUtf8 } from "node:buffer";
import { type ObservedState } from "../function/index.js";
import { encodeBase64 } from "../resource/index.js";
import { type ResourceState } from "../wire/index.js";

/** Connection details as text, and those that are no text in base64. */
export function detailsOf({
  connectionDetails,
}: ResourceState): Required<Pick<ObservedState, "connection" | "binary">> {
  const details = Object.entries(connectionDetails ?? {});
  const text = details.filter(([, bytes]) => isUtf8(bytes)).map(([key, bytes]) => [key, decode(bytes)] as const);
  const binary = details
    .filter(([, bytes]) => !isUtf8(bytes))
    .map(([key, bytes]) => [key, encodeBase64(bytes)] as const);
  return { connection: Object.fromEntries(text), binary: Object.fromEntries(binary) };
}

const decode = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
