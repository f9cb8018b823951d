import { type Resolved, resolvePlain, TIMESTAMP } from "./resolve-plain.js";

const NAMESPACE = "tag:yaml.org,2002:";

/**
 * What a scalar with an explicit tag stands for, as go-yaml v2 resolves it. A tag that YAML does not define makes text.
 *
 * @param tag in its long form
 * @throws with the type of the text, which is not quoted, if it is not what the tag says
 */
export function resolveTagged(tag: string, text: string): Resolved {
  const name = tag.startsWith(NAMESPACE) ? tag.slice(NAMESPACE.length) : "";
  if (name === "binary") return decodeBase64(text);
  if (!TYPES.includes(name)) return text;
  const value = resolvePlain(text);
  const found = typeName(value);
  if (name === found) return name === "timestamp" ? text : value;
  if (name === "float" && typeof value === "bigint" && value < 2n ** 63n) return Number(value);
  throw new Error(`a !!${name} is expected here, and this is ${found === "str" ? "text" : `a !!${found}`}`);
}

const TYPES = ["bool", "int", "float", "null", "timestamp"];

function typeName(value: Resolved): string {
  if (value === null) return "null";
  if (value === TIMESTAMP) return "timestamp";
  if (typeof value === "bigint") return "int";
  if (typeof value === "boolean") return "bool";
  return typeof value === "number" ? "float" : "str";
}

/** As Go's base64.StdEncoding does: padded, line breaks left out. What is not UTF-8 becomes U+FFFD, a byte at a time. */
function decodeBase64(text: string): string {
  const compact = text.replace(/[\r\n]/g, "");
  if (!BASE64.test(compact)) throw new Error("a !!binary value is not base64");
  const bytes = Buffer.from(compact, "base64");
  const whole = decodeUTF8(bytes);
  if (whole !== undefined) return whole;
  let decoded = "";
  for (let at = 0; at < bytes.length; ) {
    const width = [1, 2, 3, 4].find((count) => decodeUTF8(bytes.subarray(at, at + count)) !== undefined);
    decoded += width === undefined ? "\ufffd" : bytes.toString("utf8", at, at + width);
    at += width ?? 1;
  }
  return decoded;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUTF8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
