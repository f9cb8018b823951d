import { expect, test } from "vitest";
import { hasFormat } from "./format.js";

/** As kube-openapi's strfmt decides them, surprises included. */
const cases: Readonly<Record<string, { readonly yes: readonly string[]; readonly no: readonly string[] }>> = {
  byte: { yes: ["YQ==", "YWJj"], no: ["", "YQ", "Y-_="] },
  cidr: {
    yes: ["10.0.0.0/8", "10.0.0.1/8", "010.0.0.0/08", "2001:db8::/32", "::ffff:01.2.3.4/96"],
    no: ["10.0.0.0", "10.0.0.0/33", "::/129", "/8", "1.2.3.4/8/8"],
  },
  date: { yes: ["2024-02-29", "0000-01-01"], no: ["2023-02-29", "2024-13-01", "2024-1-1", ""] },
  "date-time": {
    yes: ["2024-01-01T00:00:00Z", "2024-01-01t00:00:00z", "2024-01-01T23:59:59,5+99:99", "2024-01-01T00:00:00ZtX"],
    no: ["2024-01-01T24:00:00Z", "2024-01-01T23:59:60Z", "2024-01-01T00:00:00", "2024-02-30T00:00:00Z"],
  },
  duration: {
    yes: ["1h30m", "-1.5h", "0", ".5s", "2 days", "in 3 seconds", "1µs", "9223372036854775807ns"],
    no: ["", "1", "1x", "1 fortnight", "99999999999999999999d"],
  },
  email: {
    yes: ["a@b", "A B <a@b.c>", '"q s"@b', "a@[127.0.0.1]", "a@b (comment)"],
    no: ["", "a", "a@", "a..b@c", "a@[x]", "a@b, c@d"],
  },
  hostname: { yes: ["a", "a.bc", "☃.com", "1.2.aa"], no: ["", "-a", "a_b", "a..b", "a.1", "a".repeat(64)] },
  ipv4: { yes: ["1.2.3.4", "01.2.3.4", "::ffff:1.2.3.4"], no: ["1.2.3", "256.1.1.1", "::1"] },
  ipv6: { yes: ["::", "2001:db8::1", "::ffff:1.2.3.4"], no: ["fe80::1%eth0", "1::2::3", "1.2.3.4"] },
  mac: { yes: ["00:00:5e:00:53:01", "0000.5e00.5301", "02-00-5e-10-00-00-00-01"], no: ["00:00:5e-00:53:01", "00:00"] },
  uri: {
    yes: ["https://a/b?c#d", "/a", "urn:x", "s3://bucket/key", "http://[::1]:80", "http://u:p@h/"],
    no: ["", "a", "./a", "http://a b", "http://a/%zz", "http://[a]/", "http://a:x"],
  },
  uuid: { yes: ["123e4567-e89b-12d3-a456-426614174000", "123E4567E89B12D3A456426614174000"], no: ["123e4567", ""] },
  phone: { yes: ["", "whatever"], no: [] },
};

test.each(Object.entries(cases))("%s", (format, { yes, no }) => {
  expect(yes.filter((text) => !hasFormat(format, text))).toEqual([]);
  expect(no.filter((text) => hasFormat(format, text))).toEqual([]);
});
