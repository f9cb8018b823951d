import { isIP, isIPv6 as isPlainIPv6 } from "node:net";

/** Leading zeros are let through, and so is an IPv6 address that ends in an IPv4 one. */
export function isIPv4(text: string): boolean {
  return text.includes(".") && isAddress(text);
}

/** Without a zone. */
export function isIPv6(text: string): boolean {
  return text.includes(":") && !text.includes("%") && isPlainIPv6(text);
}

/** Such as `10.0.0.0/8`; host bits may be set. */
export function isCIDR(text: string): boolean {
  const [address = "", length = "", ...rest] = text.split("/");
  if (rest.length || !/^\d+$/.test(length) || !isAddress(address)) return false;
  return Number(length) <= (address.includes(":") ? 128 : 32);
}

function isAddress(text: string): boolean {
  if (!text.includes(":")) return isDotted(text);
  const tail = /[^:]*$/.exec(text)?.[0] ?? "";
  if (!tail.includes(".")) return isIPv6(text);
  return isDotted(tail) && isIPv6(text.slice(0, -tail.length) + tail.replace(/\d+/g, (part) => `${Number(part)}`));
}

function isDotted(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255);
}

/** Letters and symbols of any script are let through; labels and the whole are counted in bytes. */
export function isHostname(text: string): boolean {
  if (Buffer.byteLength(text) > 255) return false;
  if (!SINGLE_LABEL.test(text) && !DOMAIN.test(text)) return false;
  return text.split(".").every((label) => Buffer.byteLength(label) <= 63);
}

const SINGLE_LABEL = /^[a-z0-9\p{S}\p{L}](?:-?[a-z0-9\p{S}\p{L}]{0,62})?$/iu;
const DOMAIN = /^(?:[a-z0-9\p{S}\p{L}](?:[-a-z0-9\p{S}\p{L}]{0,61}[a-z0-9\p{S}\p{L}])?\.)+[a-z\p{L}]{2,63}$/iu;

/** An address as in the header of a mail (RFC 5322): `a@example.org`, or `A <a@example.org>`. */
export function isEmail(text: string): boolean {
  const match = ADDRESS.exec(text) ?? NAMED_ADDRESS.exec(text);
  const literal = match?.groups?.["literal"];
  return match !== null && (literal === undefined || isIP(literal.replace(/^IPv6:/i, "")) !== 0);
}

const ATOM = "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[^\\u0000-\\u007f])+";
const QUOTED = '"(?:[^"\\\\\\u0000-\\u0008\\u000a-\\u001f\\u007f]|\\\\[^\\u0000-\\u0008\\u000a-\\u001f\\u007f])*"';
const DOTTED = `${ATOM}(?:\\.${ATOM})*`;
const LITERAL = "\\[(?<literal>[!-Z^-~]+)\\]";
const SPEC = `(?:${DOTTED}|${QUOTED})@(?:${DOTTED}|${LITERAL})`;
const SPACE = "[ \\t]*";
const COMMENT = "(?:\\([^()\\\\]*\\)[ \\t]*)*";
const ADDRESS = new RegExp(`^${SPACE}${SPEC}${SPACE}${COMMENT}$`, "u");
const NAMED_ADDRESS = new RegExp(`^${SPACE}(?:(?:${ATOM}|\\.|${QUOTED})${SPACE})*<${SPEC}>${SPACE}${COMMENT}$`, "u");

/** An absolute URI, or a path from the root, as Go's url.ParseRequestURI reads it. */
export function isURI(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  if (!text || /[\u0000-\u001f\u007f]/.test(text)) return false;
  if (text === "*") return true;
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(text)?.[0] ?? "";
  if (text.startsWith(":")) return false;
  const rest = text.slice(scheme.length).split("?", 1)[0] ?? "";
  if (!rest.startsWith("/")) return scheme !== "";
  if (!scheme || !rest.startsWith("//")) return isEscaped(rest);
  const slash = rest.indexOf("/", 2);
  const authority = rest.slice(2, slash < 0 ? undefined : slash);
  return isAuthority(authority) && (slash < 0 || isEscaped(rest.slice(slash)));
}

function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf("@");
  const user = at < 0 ? "" : authority.slice(0, at);
  const host = authority.slice(at + 1);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || !isEscaped(user)) return false;
  if (host.startsWith("[")) {
    const literal = /^\[([^\]]*)\](?::\d*)?$/.exec(host)?.[1];
    return literal !== undefined && isPlainIPv6(literal.replace(/%25.*$/, ""));
  }
  const name = host.replace(/:[^:]*$/, "");
  const port = host.slice(name.length);
  if (!/^(?::\d*)?$/.test(port)) return false;
  // Of what is escaped in a host, only bytes that are no ASCII may be.
  return /^(?:[A-Za-z0-9\-._~!$&'()*+,;=[\]<>"]|[^\u0020-\u007e]|%[89A-Fa-f][0-9A-Fa-f])*$/u.test(name);
}

function isEscaped(text: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(text);
}
