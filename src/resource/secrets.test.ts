import { describe, expect, test } from "vitest";
import { encodeBase64 } from "./base64.js";
import { dataText, masker } from "./secrets.js";

const secret = (data: Record<string, string>) => ({
  apiVersion: "v1",
  kind: "Secret",
  data: Object.fromEntries(Object.entries(data).map(([k, v]) => [k, encodeBase64(v)])),
});
const managed = (forProvider: object, externalName?: string) => ({
  apiVersion: "s3/v1",
  kind: "Bucket",
  spec: { forProvider },
  ...(externalName && { metadata: { annotations: { "crossplane.io/external-name": externalName } } }),
});
const fake = 'fake"pass/word+\n';

describe("masker", () => {
  const none = { details: [], objects: [], clear: [] };
  const cases: Record<string, { sources: object; text: string; is: string }> = {
    "a connection detail": { sources: { details: [{ password: fake }] }, text: `<${fake}>`, is: "<***>" },
    "in base64, with and without padding": {
      sources: { details: [{ password: fake }] },
      text: `<${Buffer.from(fake).toString("base64")}> <${Buffer.from(fake).toString("base64").replace(/=+$/, "")}>`,
      is: "<***> <***>",
    },
    "in a URL": { sources: { details: [{ password: fake }] }, text: `<${encodeURIComponent(fake)}>`, is: "<***>" },
    "in JSON": { sources: { details: [{ password: fake }] }, text: JSON.stringify({ a: fake }), is: '{"a":"***"}' },
    "the data of a Secret": { sources: { objects: [secret({ token: "fake-token" })] }, text: "fake-token", is: "***" },
    "the stringData of a Secret": {
      sources: { objects: [{ apiVersion: "v1", kind: "Secret", stringData: { token: "fake-token" } }] },
      text: `fake-token ${encodeBase64("fake-token")}`,
      is: "*** ***",
    },
    "bytes that are no text, as they were given": {
      sources: { objects: [{ apiVersion: "v1", kind: "Secret", data: { key: "/v/+AQID/P4=" } }] },
      text: "</v/+AQID/P4=> </v/+AQID/P4> <_v_-AQID_P4>",
      is: "<***> <***> <***>",
    },
    "base64 in lines of its own": {
      sources: { objects: [{ apiVersion: "v1", kind: "Secret", data: { token: "ZmFr\nZS10b2tl\nbg==\n" } }] },
      text: "<ZmFr\nZS10b2tl\nbg==\n> fake-token",
      is: "<***> ***",
    },
    "not what is no string": {
      sources: { objects: [{ apiVersion: "v1", kind: "Secret", data: { n: null, m: 12345678 }, stringData: null }] },
      text: "null 12345678",
      is: "null 12345678",
    },
    "not what a spec shows": {
      sources: { details: [{ region: "eu-west-1" }], clear: [managed({ region: "eu-west-1" })] },
      text: "eu-west-1",
      is: "eu-west-1",
    },
    "not an external name": {
      sources: { details: [{ id: "my-bucket" }], clear: [managed({}, "my-bucket")] },
      text: "my-bucket",
      is: "my-bucket",
    },
    "not a value too short to be one": {
      sources: { objects: [secret({ type: "s3" })] },
      text: "s3.Bucket",
      is: "s3.Bucket",
    },
    "a short one as a word alone": { sources: { details: [{ pin: "fake7" }] }, text: "fake7 fake77", is: "*** fake77" },
    "the longer of two that overlap": {
      sources: { details: [{ a: "fakefake", b: "fakefakefake" }] },
      text: "fakefakefake",
      is: "***",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { sources, text, is }) =>
    expect(masker({ ...none, ...sources })(text)).toBe(is),
  );
});

describe("every form in which a value may stand", () => {
  const value = "fake/XUtn+FEMI K7~M!";
  const mask = masker({ details: [{ value }], objects: [], clear: [] });
  const url = new URL("smtp://host");
  url.password = value;
  const forms = {
    "the user part of a URL": url.href,
    "a query": new URLSearchParams({ value }).toString(),
    base64url: Buffer.from(value).toString("base64url"),
  };
  test.each(Object.entries(forms))("%s", (_, form) => expect(mask(form)).toContain("***"));
});

test("many and large values neither leak nor block", () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({ value: `fake-value-${index}-abcdefghijk/+` }));
  const large = { value: "abcdefg/".repeat(50_000) };
  const mask = masker({ details: [...many, large], objects: [], clear: [] });
  expect(mask(`${"x ".repeat(10_000)}${many.at(-1)?.value}`).endsWith("x ***")).toBe(true);
  expect(mask(`a ${large.value}`)).toBe("a ***");
});

test("marks may tell values apart", () => {
  const sources = { details: [{ a: "fake-one", b: "fake-two" }], objects: [], clear: [] };
  const mask = masker(sources, (value) => `<${value.length}$&${value.at(-1)}>`);
  expect(mask(`fake-two fake-one ${encodeBase64("fake-two")}`)).toBe("<8$&o> <8$&e> <8$&o>");
});

test("the text of a value of a Secret's data is itself where it is base64 of no text", () => {
  const values = { "": "", ZmFrZQ: "fake", "ZmFrZQ==": "fake", "/v8=": "/v8=", "no base64!": "no base64!" };
  for (const [value, text] of Object.entries(values)) expect(dataText(value)).toBe(text);
});
