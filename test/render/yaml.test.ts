import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Json, readYAML, readYAMLStream, writeYAML } from "../../src/yaml/index.js";
import { propertyOptions } from "../support/property-options.js";
import { anyLines, anyManifest, anyValue } from "../support/yaml-arbitraries.js";
import { type Oracle, startOracle } from "./yaml-oracle.js";

let oracle: Oracle;
beforeAll(async () => {
  oracle = await startOracle();
});
afterAll(() => oracle.stop());

describe("writeYAML and Kubernetes' serializer", () => {
  test("print the same bytes, or refuse the same values", async () => {
    const property = fc.asyncProperty(anyValue, async (value) => {
      const request = { op: "write", json: jsonText(value) } as const;
      const { yaml, error } = await oracle.ask(request);
      const ours = attempt(() => writeYAML(value as Json));
      if (error !== undefined) expect(ours).toMatchObject({ error: expect.stringMatching(/^cannot print YAML: /) });
      else if (yaml !== ours.value && (await varies(request))) return;
      else expect(ours).toEqual({ value: yaml });
    });
    await fc.assert(property, propertyOptions({ runs: 4_000 }));
  });

  /** go-yaml's order of keys is none for some, such as "2v4", "6" and "20-": it prints them in any order then. */
  async function varies(request: Parameters<Oracle["ask"]>[0]): Promise<boolean> {
    const answers = await Promise.all(Array.from({ length: 40 }, () => oracle.ask(request)));
    return new Set(answers.map(({ yaml }) => yaml)).size > 1;
  }
});

describe("readYAML and Kubernetes' tools", () => {
  test("read the same from what people write, or refuse it", async () => {
    const property = fc.asyncProperty(anyManifest, async (text) => {
      const { value, error } = await oracle.ask({ op: "read", yaml: text });
      const ours = attempt(() => readYAML(text).value);
      if (error !== undefined) expect(ours).toMatchObject({ error: expect.stringMatching(READ_ERROR) });
      else expect(comparable(ours)).toEqual({ value: value ?? null });
    });
    await fc.assert(property, propertyOptions({ runs: 3_000 }));
  });

  test("read the same from anything that both of them read", async () => {
    const property = fc.asyncProperty(anyLines, async (text) => {
      const { value, error } = await oracle.ask({ op: "read", yaml: text });
      const ours = attempt(() => readYAML(text).value);
      if (ours.error !== undefined) expect(ours.error).toMatch(READ_ERROR);
      else if (error === undefined) expect(comparable(ours)).toEqual({ value: value ?? null });
    });
    await fc.assert(property, propertyOptions({ runs: 3_000 }));
  });

  test("read back what was printed", () => {
    const property = fc.property(anyValue, (value) => {
      const printed = attempt(() => writeYAML(value as Json));
      // The parser knows too little of long keys within the values of others, and of U+2028; a "<<" is one to merge by.
      if (printed.value === undefined || /^[- :]*(?:\? |<<:)|[\u2028\u2029]/m.test(printed.value)) return;
      expect(writeYAML(readYAML(printed.value).value)).toBe(printed.value);
    });
    fc.assert(property, propertyOptions({ runs: 1_500 }));
  });
});

describe("readYAMLStream and the crossplane CLI", () => {
  const manifest = anyManifest.map((text) => text.replace(/^\ufeff|^%YAML 1.1\r?\n/, ""));
  const separator = fc.constantFrom(
    "---\n",
    "--- \n",
    "---\r\n",
    "--- # c\n",
    "---\n---\n",
    "\n---\n",
    "# c\n---\n",
    "---x\n",
    "--- a\n",
    "----\n",
  );
  const stream = fc
    .array(fc.tuple(separator, fc.oneof(manifest, fc.constantFrom("", "a: 1\n", "\n", "# c\n", " \n"))), {
      maxLength: 4,
    })
    .map((pieces) =>
      pieces.map(([mark, text]) => `${mark}${text}${text === "" || text.endsWith("\n") ? "" : "\n"}`).join(""),
    );

  test("part a file into the same documents", async () => {
    const property = fc.asyncProperty(stream, async (text) => {
      const { values, error } = await oracle.ask({ op: "stream", yaml: text });
      const ours = attempt(() => readYAMLStream(text).map(({ value }) => value));
      if (error !== undefined) expect(ours).toMatchObject({ error: expect.stringMatching(READ_ERROR) });
      else expect(comparable(ours)).toEqual({ value: values ?? [] });
    });
    await fc.assert(property, propertyOptions({ runs: 1_500 }));
  });
});

const READ_ERROR = /^cannot read YAML: line \d+, column \d+: [^\n]+$/;

interface Attempt<T> {
  readonly value?: T;
  readonly error?: string;
}

function attempt<T>(action: () => T): Attempt<T> {
  try {
    return { value: action() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** With numbers as the oracle has them: what JSON says, after a NUL. */
function comparable({ value, error }: Attempt<unknown>): Attempt<unknown> {
  return error === undefined ? { value: numbersAsText(value) } : { error };
}

function numbersAsText(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "bigint") return `\0${value}`;
  if (Array.isArray(value)) return value.map(numbersAsText);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, numbersAsText(field)]));
}

/** As JSON.stringify does, if with integers of any size. */
function jsonText(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, field]) => `${JSON.stringify(key)}:${jsonText(field)}`)
    .join(",")}}`;
}
