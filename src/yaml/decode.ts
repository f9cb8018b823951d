import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from "yaml";
import { AliasLimit } from "./alias-limit.js";
import { bindAliases } from "./aliases.js";
import { type Json } from "./json.js";
import { jsonNumber } from "./json-number.js";
import { keyText } from "./key-text.js";
import { setOwn } from "./own-property.js";
import { type Parsed } from "./parse.js";
import { type Resolved, TIMESTAMP } from "./resolve-plain.js";
import { isMergeKey, resolveScalar, scalarText } from "./scalar.js";
import { type Fail } from "./yaml-error.js";

/**
 * The value of a document as `Unmarshal` of sigs.k8s.io/yaml has it.
 *
 * @throws what `fail` makes, where Go fails too: at unknown anchors, aliases within what they stand for, keys that are
 * null or collections, floats that are no numbers, and what is not what its tag says
 */
export function decode({ root }: Parsed, fail: Fail): Json {
  return new Decoder(bindAliases(root, fail), fail).value(root);
}

class Decoder {
  readonly #aliases: ReadonlyMap<Alias, Node>;
  readonly #fail: Fail;
  readonly #open = new Set<Alias>();
  readonly #limit = new AliasLimit();

  constructor(aliases: ReadonlyMap<Alias, Node>, fail: Fail) {
    this.#aliases = aliases;
    this.#fail = fail;
  }

  /** @param node null where the syntax has nothing, as after "key:" */
  value(node: unknown): Json {
    if (!this.#limit.allows(this.#open.size > 0)) throw this.#failAt(node, "aliases make far too much of it");
    if (isAlias(node)) return this.#through(node, (target) => this.value(target));
    if (isMap(node)) return this.#map(node);
    if (isSeq(node)) return node.items.map((item) => this.value(item));
    return isScalar(node) ? this.#scalar(node) : null;
  }

  #scalar(node: Scalar): Json {
    const resolved = this.#resolved(node);
    if (resolved === TIMESTAMP) return scalarText(node);
    if (typeof resolved !== "number" && typeof resolved !== "bigint") return resolved;
    const number = jsonNumber(resolved);
    if (number === undefined)
      throw this.#failAt(node, "JSON cannot hold a float that is infinite or no number: put it in quotes");
    return number;
  }

  #resolved(node: Scalar): Resolved {
    try {
      return resolveScalar(node);
    } catch (error) {
      throw this.#failAt(node, error instanceof Error ? error.message : String(error));
    }
  }

  #map(node: YAMLMap): Json {
    const map: Record<string, Json> = {};
    this.#fill(map, node);
    return map;
  }

  /** What a merge brings replaces what was there before it, and is replaced by what comes after it, as in go-yaml v2. */
  #fill(map: Record<string, Json>, { items }: YAMLMap): void {
    for (const { key, value } of items as readonly Pair[]) {
      if (isMergeKey(key)) this.#merge(map, value, key);
      else setOwn(map, this.#key(key), this.value(value));
    }
  }

  #merge(map: Record<string, Json>, value: unknown, key: Node): void {
    // The first of several maps counts most.
    const sources = isSeq(value) ? [...value.items].reverse() : [value];
    for (const source of sources) {
      const target = isAlias(source) ? this.#aliases.get(source) : source;
      if (!isMap(target)) throw this.#failAt(key, "only a map, or a list of maps, can be merged");
      if (!this.#limit.allows(this.#open.size > 0)) throw this.#failAt(key, "aliases make far too much of it");
      if (isAlias(source)) this.#through(source, () => this.#fill(map, target));
      else this.#fill(map, target);
    }
  }

  #key(node: unknown): string {
    const target = isAlias(node) ? this.#aliases.get(node) : node;
    if (!this.#limit.allows(this.#open.size > 0)) throw this.#failAt(node, "aliases make far too much of it");
    if (target !== null && !isScalar(target)) throw this.#failAt(node, "a key cannot be a list or a map");
    const text = target === null ? undefined : keyText(target, this.#resolved(target));
    if (text === undefined) throw this.#failAt(node, "a key must be text, a boolean or a number that fits 64 bits");
    return text;
  }

  #through<T>(alias: Alias, action: (target: Node) => T): T {
    const target = this.#aliases.get(alias);
    if (target === undefined) throw this.#failAt(alias, "there is no anchor of this alias");
    if (this.#open.has(alias)) throw this.#failAt(alias, "an alias is within what it stands for");
    this.#open.add(alias);
    const result = action(target);
    this.#open.delete(alias);
    return result;
  }

  #failAt(node: unknown, problem: string): Error {
    const offset = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
    return this.#fail(offset ?? 0, problem);
  }
}
