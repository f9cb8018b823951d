import { type Struct } from "./decode-struct.js";
import { type JsonValue } from "./json.js";
import { isAt } from "./known-texts.js";
import { type PlainBytes, sizeOf } from "./plain-bytes.js";
import { readPlainValue } from "./plain-struct.js";
import { LIST, STRUCT } from "./struct-tags.js";

/** Which fields of an object are wanted: the whole of one for `true`; of a list the same of each item. Names are of ASCII. */
export interface Selection {
  readonly [field: string]: Selection | true;
}

/** Reads of a `google.protobuf.Struct` that is plain what is wanted, and steps over the rest. */
export function selectStruct(plain: PlainBytes, start: number, end: number, selection: Selection): Struct {
  return select(plain, start, end, wantedBy(selection));
}

interface Wanted {
  readonly names: readonly string[];
  readonly below: readonly (Wanted | true)[];
}

/** Most that is selected is selected again. */
function wantedBy(selection: Selection): Wanted {
  const known = made.get(selection) ?? {
    names: Object.keys(selection),
    below: Object.values(selection).map((below) => below === true || wantedBy(below)),
  };
  made.set(selection, known);
  return known;
}

const made = new WeakMap<Selection, Wanted>();

function select(plain: PlainBytes, start: number, end: number, { names, below }: Wanted): Struct {
  const out: Struct = {};
  for (let at = start; at < end; ) {
    const length = plain.length(at + 1);
    const entry = at + 1 + sizeOf(length);
    const next = entry + length;
    const index = nameAmong(plain, entry, names);
    const wanted = index < 0 ? undefined : below[index];
    if (wanted) out[names[index] ?? ""] = selectValue(plain, plain.entryValue(entry, next), next, wanted);
    at = next;
  }
  return out;
}

/** Which of some names the key of a map's entry is; -1 for none. */
function nameAmong({ bytes }: PlainBytes, entry: number, names: readonly string[]): number {
  const length = bytes[entry + 1];
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? "";
    if (name.length === length && isAt(name, bytes, entry + 2)) return index;
  }
  return -1;
}

function selectValue(plain: PlainBytes, at: number, end: number, wanted: Wanted | true): JsonValue {
  const kind = plain.bytes[at];
  if (wanted === true || (kind !== STRUCT && kind !== LIST)) return readPlainValue(plain, at, end, 1) ?? null;
  const start = plain.body(at + 1, end);
  return kind === STRUCT ? select(plain, start, end, wanted) : selectItems(plain, start, end, wanted);
}

function selectItems(plain: PlainBytes, start: number, end: number, wanted: Wanted): JsonValue[] {
  const items: JsonValue[] = [];
  for (let at = start; at < end; ) {
    const length = plain.length(at + 1);
    const value = at + 1 + sizeOf(length);
    items.push(selectValue(plain, value, value + length, wanted));
    at = value + length;
  }
  return items;
}
