import { LIST, readKind, readValue, STRUCT, type Struct } from "./decode-struct.js";
import { type JsonValue } from "./json.js";
import { setOwn } from "./own-property.js";
import { type Reader } from "./reader.js";

/** Which fields of an object are wanted: the whole of one for `true`; of a list the same of each item. */
export interface Selection {
  readonly [field: string]: Selection | true;
}

/** Reads of a `google.protobuf.Struct` that is plain, its length first, what is wanted, and steps over the rest. */
export function selectStruct(reader: Reader, selection: Selection): Struct {
  const out: Struct = {};
  const outer = reader.enter();
  while (!reader.done) {
    // Plain: each field is an element, which is a key and its value.
    reader.tag();
    const element = reader.enter();
    reader.tag();
    const key = reader.name();
    const wanted = Object.hasOwn(selection, key) ? selection[key] : undefined;
    if (wanted === undefined) reader.finish();
    else {
      reader.tag();
      setOwn(out, key, selectValue(reader, wanted));
    }
    reader.leave(element);
  }
  reader.leave(outer);
  return out;
}

function selectValue(reader: Reader, wanted: Selection | true): JsonValue {
  if (wanted === true) return readValue(reader, undefined, 1) ?? null;
  const outer = reader.enter();
  const value = selectKind(reader, reader.tag(), wanted);
  reader.leave(outer);
  return value;
}

function selectKind(reader: Reader, tag: number, wanted: Selection): JsonValue {
  if (tag === STRUCT) return selectStruct(reader, wanted);
  return tag === LIST ? selectItems(reader, wanted) : (readKind(reader, tag, undefined, 1) ?? null);
}

function selectItems(reader: Reader, wanted: Selection): JsonValue[] {
  const items: JsonValue[] = [];
  const outer = reader.enter();
  while (!reader.done) {
    reader.tag();
    items.push(selectValue(reader, wanted));
  }
  reader.leave(outer);
  return items;
}
