import { type Json } from "./json.js";
import { Lines } from "./lines.js";
import { setOwn } from "./own-property.js";
import { type YAMLDocument } from "./read-yaml.js";

/**
 * Reads JSON values, one after the other, as kubectl does before it tries YAML (`YAMLOrJSONDecoder` of
 * k8s.io/apimachinery). Positions are as those of {@link YAMLDocument}.
 *
 * @returns undefined if the text is no JSON: it may be YAML
 */
export function readJSONStream(text: string): readonly YAMLDocument[] | undefined {
  const lines = new Lines(text, 0);
  const reader = new JSONReader(text);
  try {
    return reader.values().map((node) => ({
      value: node.value,
      position: (path) => lines.at(offsetOf(node, path)),
    }));
  } catch (error) {
    if (error instanceof NoJSON || error instanceof RangeError) return undefined;
    throw error;
  }
}

interface JSONNode {
  readonly value: Json;
  /** Where it begins. */
  readonly start: number;
  /** By key or index: where the key stands, or the item, and what is there. */
  readonly entries?: ReadonlyMap<string, { readonly at: number; readonly node: JSONNode }>;
}

function offsetOf(root: JSONNode, path: readonly (string | number)[]): number {
  let node = root;
  let offset = root.start;
  for (const step of path) {
    const entry = node.entries?.get(String(step));
    if (entry === undefined) return offset;
    offset = entry.at;
    node = entry.node;
  }
  return offset;
}

class NoJSON extends Error {}

class JSONReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  values(): readonly JSONNode[] {
    const nodes: JSONNode[] = [];
    for (this.#take(SPACE); this.#at < this.#text.length; this.#take(SPACE)) nodes.push(this.#node());
    return nodes;
  }

  #node(): JSONNode {
    this.#take(SPACE);
    const start = this.#at;
    const character = this.#text.charAt(start);
    if (character === "{") return this.#map(start);
    if (character === "[") return this.#list(start);
    if (character === '"') return { value: this.#string(), start };
    const word = this.#take(WORD);
    if (word !== undefined) return { value: WORDS.get(word) ?? null, start };
    return { value: number(this.#take(NUMBER)), start };
  }

  #map(start: number): JSONNode {
    const value: Record<string, Json> = {};
    const entries = new Map<string, { readonly at: number; readonly node: JSONNode }>();
    this.#each("}", () => {
      const at = this.#at;
      const key = this.#string();
      this.#take(SPACE);
      this.#need(":");
      const node = this.#node();
      setOwn(value, key, node.value);
      entries.set(key, { at, node });
    });
    return { value, start, entries };
  }

  #list(start: number): JSONNode {
    const value: Json[] = [];
    const entries = new Map<string, { readonly at: number; readonly node: JSONNode }>();
    this.#each("]", () => {
      const node = this.#node();
      entries.set(String(value.length), { at: node.start, node });
      value.push(node.value);
    });
    return { value, start, entries };
  }

  /** Goes from a bracket to its end, and reads what commas part. */
  #each(end: string, read: () => void): void {
    this.#at++;
    this.#take(SPACE);
    if (this.#text.charAt(this.#at) === end) {
      this.#at++;
      return;
    }
    for (;;) {
      this.#take(SPACE);
      read();
      this.#take(SPACE);
      if (this.#text.charAt(this.#at) !== ",") break;
      this.#at++;
    }
    this.#need(end);
  }

  #need(character: string): void {
    if (this.#text.charAt(this.#at) !== character) throw new NoJSON();
    this.#at++;
  }

  /** Half of a surrogate pair becomes U+FFFD, as in Go. */
  #string(): string {
    const written = this.#take(STRING);
    if (written === undefined) throw new NoJSON();
    return (JSON.parse(written) as string).replace(LONE_SURROGATE, "\ufffd");
  }

  #take(token: RegExp): string | undefined {
    token.lastIndex = this.#at;
    const taken = token.exec(this.#text)?.[0];
    this.#at += taken?.length ?? 0;
    return taken;
  }
}

const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none of them in strings
const STRING = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.])/y;
const WORD = /(?:true|false|null)\b/y;
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** An int64, or else a float64, as {@link Json} has them. */
function number(written: string | undefined): number | bigint {
  const value = Number(written);
  if (written === undefined || !Number.isFinite(value)) throw new NoJSON();
  if (Number.isSafeInteger(value) || !/^-?[0-9]+$/.test(written)) return value + 0;
  const exact = BigInt(written);
  return exact >= -(2n ** 63n) && exact < 2n ** 63n ? exact : value;
}
