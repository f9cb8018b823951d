/** Text in base64. Branded, so that plain text does not pass for it: make it with {@link encodeBase64}. */
export type Base64 = string & { readonly "~base64": true };

/** Encodes text, as UTF-8, or bytes. */
export function encodeBase64(value: string | Uint8Array): Base64 {
  return Buffer.from(value as Uint8Array).toString("base64") as Base64;
}

/** Decodes to text. Bytes that are no UTF-8 become U+FFFD. */
export function decodeBase64(value: string): string {
  return Buffer.from(value, "base64").toString("utf8");
}
