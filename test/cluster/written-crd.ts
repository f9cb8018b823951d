import { type Resource } from "../../src/resource/resource.js";

// What an API server alone can say: how CEL's functions and the formats judge texts. Each rule and each format has a
// field of its own in one CRD, and each text an object.

interface Field {
  readonly schema: object;
  readonly values: readonly unknown[];
}

const ruled = (rule: string, ...values: readonly string[]): Field => ({
  schema: { type: "string", maxLength: 30, "x-kubernetes-validations": [{ rule }] },
  values,
});
const numbered = (rule: string, ...values: readonly number[]): Field => ({
  schema: { type: "number", "x-kubernetes-validations": [{ rule }] },
  values,
});
const listed = (rule: string, ...values: readonly (readonly string[])[]): Field => ({
  schema: {
    type: "array",
    maxItems: 5,
    items: { type: "string", maxLength: 5 },
    "x-kubernetes-validations": [{ rule }],
  },
  values,
});
const formatted = (format: string, ...values: readonly string[]): Field => ({
  schema: { type: "string", format },
  values,
});

const FIELDS: Readonly<Record<string, Field>> = {
  lower: ruled("self.lowerAscii() == 'aÄßk'", "AÄßk", "aäßk", "aÄß\u212a"),
  upper: ruled("self.upperAscii() == 'AÄSSß'", "aÄssß", "aässß", "AÄSSSS"),
  trim: ruled(
    "self.trim() == 'x'",
    "x",
    " x\n",
    "\u0085x\u2003",
    "\ufeffx",
    "x\u200b",
    "\u180ex",
    "\u2028x\u3000",
    "\u001cx",
  ),
  charAt: ruled("self.charAt(1) == 'b'", "😀b", "ab", "b", "", "bab"),
  charAtTheEnd: ruled("self.charAt(1) == ''", "😀", "a", "", "ab"),
  indexOf: ruled("self.indexOf('b') == 1", "😀b", "ab", "b", "a"),
  indexFrom: ruled("self.indexOf('b', 2) == -1", "😀b", "aab", "a", "aabb", ""),
  indexBefore: ruled("self.indexOf('b', -1) == 0", "b", "a"),
  indexOfNothing: ruled("self.indexOf('', 9) == 9 && self.lastIndexOf('') == 2", "😀b", "b"),
  lastIndexOf: ruled("self.lastIndexOf('bb') == 2", "😀abb", "bbbb", "b", "", "😀abbb"),
  lastIndexFrom: ruled("self.lastIndexOf('b', 1) == 0", "b😀b", "bb", "b", "b😀", ""),
  lastIndexOfLong: ruled("self.lastIndexOf('bbb') == -1", "é", "éé", "b", "", "bbb"),
  substring: ruled("self.substring(1) == 'b'", "😀b", "ab", "b", ""),
  substringOf: ruled("self.substring(1, 2) == 'b'", "😀bc", "ab", "a", "", "abc"),
  substringBackwards: ruled("self.substring(1, 0) == ''", "ab"),
  split: ruled("self.split('') == ['😀', 'b']", "😀b", "b", ""),
  splitBy: ruled("self.split(',') == ['a', '']", "a,", "a", ",a", ""),
  splitNothing: ruled("self.split(',') == [''] && self.split('') == []", "", "a"),
  splitIn: ruled("self.split(',', 2) == ['a', 'b,c'] && self.split(',', 0).size() == 0", "a,b,c", "a,b"),
  splitInAll: ruled("self.split(',', -1).size() == 3 && self.split('', 2).size() == 2", "a,b,c", "a,b"),
  printed: ruled(
    "(string(1000000.0) == '1e+06' && string(0.00001) == '1e-05' && string(123456.5) == '123456.5') == (self == 'x')",
    "x",
    "y",
  ),
  printedNumber: numbered(
    "string(self) in ['1e+06', '1.5', '0', '1e-07', '1.2345675e+06', '0.0001', '123456']",
    1e6,
    1.5,
    0,
    1e-7,
    1234567.5,
    1e-4,
    123456,
    2,
  ),
  conversions: ruled(
    "string(1) == '1' && string(true) == 'true' && string(b'ab') == 'ab' && string(self) == 'x'",
    "x",
    "y",
  ),
  literals: ruled("self == 'a.trim()' && 'string(' != self", "a.trim()", "a"),
  positions: listed("self.indexOf('a') == 0 && self.lastIndexOf('a') == 2", ["a", "b", "a"], ["a"], []),
  creditcard: formatted("creditcard", "4111 1111 1111 1111", "a4111-1111-1111-1111b", "4111111111111112", ""),
  isbn: formatted("isbn", "0321751043", "978-0321751041", "978-0321751042", "0321751044", ""),
  isbn10: formatted("isbn10", "043942089X", "043942089x", "0 19-852663\t6", "978-0321751041"),
  isbn13: formatted("isbn13", "9784873113685", "9784873113686", "0321751043"),
  rgbcolor: formatted("rgbcolor", "rgb( 1 , 2\t,\n3 )", "rgb(199,99,255)", "rgb(256,0,0)", "rgb(01,0,0)", "RGB(1,1,1)"),
  ssn: formatted("ssn", "191-60 2869", "191602869", "191-602869", "191 60 2869"),
};

/** A CRD of the kind Text, with a field for each of them. */
export const textCRD = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "texts.judged.example.org" },
  spec: {
    group: "judged.example.org",
    scope: "Namespaced",
    names: { kind: "Text", plural: "texts", singular: "text", listKind: "TextList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                properties: Object.fromEntries(Object.entries(FIELDS).map(([name, { schema }]) => [name, schema])),
              },
            },
          },
        },
      },
    ],
  },
} as const satisfies Resource;

/** An object for each text of each field, by what it is about. */
export const texts: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries(FIELDS).flatMap(([name, { values }]) =>
    values.map((value) => [
      `${name}: ${JSON.stringify(value)}`,
      { apiVersion: "judged.example.org/v1", kind: "Text", metadata: { name: "a" }, spec: { [name]: value } },
    ]),
  ),
);
