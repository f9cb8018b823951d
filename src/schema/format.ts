import { isDNSLabel, isDNSSubdomain } from "./dns-name.js";
import { isCreditCard, isISBN10, isISBN13 } from "./format-digits.js";
import { isCIDR, isEmail, isHostname, isIPv4, isIPv6, isURI } from "./format-net.js";
import { isDate, isDateTime, parseDuration } from "./format-time.js";

/** The formats that the builder offers. The API server checks each of them. */
export type Format =
  | "byte"
  | "cidr"
  | "date"
  | "date-time"
  | "duration"
  | "email"
  | "hostname"
  | "ipv4"
  | "ipv6"
  | "mac"
  | "uri"
  | "uuid";

/**
 * Whether a text has a format, as the API server (kube-openapi's strfmt) sees it. It passes formats it does not know.
 */
export function hasFormat(format: string, text: string): boolean {
  const name = format.replaceAll("-", "");
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  return check ? check(text) : true;
}

/** One of the three numbers of an RGB color. */
const SHADE = "[\\t\\n\\f\\r ]*(?:0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])[\\t\\n\\f\\r ]*";

/** By the name without hyphens. */
const CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  bsonobjectid: matches(/^[0-9a-f]{24}$/i),
  byte: matches(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/),
  cidr: isCIDR,
  creditcard: isCreditCard,
  date: isDate,
  datetime: isDateTime,
  duration: (text) => parseDuration(text) !== undefined,
  email: isEmail,
  hexcolor: matches(/^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i),
  hostname: isHostname,
  ipv4: isIPv4,
  ipv6: isIPv6,
  isbn: (text) => isISBN10(text) || isISBN13(text),
  isbn10: isISBN10,
  isbn13: isISBN13,
  k8slongname: isDNSSubdomain,
  k8sshortname: (text) => text.length <= 63 && isDNSLabel(text),
  mac: matches(
    /^(?:(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}(?:(?:[0-9a-f]{2}\1){2}(?:(?:[0-9a-f]{2}\1){12})?)?[0-9a-f]{2})|(?:[0-9a-f]{4}\.){2}(?:[0-9a-f]{4}\.(?:(?:[0-9a-f]{4}\.){6})?)?[0-9a-f]{4})$/i,
  ),
  rgbcolor: matches(new RegExp(`^rgb\\(${SHADE},${SHADE},${SHADE}\\)$`)),
  ssn: matches(/^\d{3}[- ]\d{2}[- ]\d{4}$/),
  uri: isURI,
  uuid: matches(/^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i),
  uuid3: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i),
  uuid4: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i),
  uuid5: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i),
};

function matches(expression: RegExp): (text: string) => boolean {
  return (text) => expression.test(text);
}
