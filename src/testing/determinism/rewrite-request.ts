import { type FieldType, type Message } from "../../wire/message.js";
import { runFunctionRequest } from "../../wire/run-function.js";
import { WireType } from "../../wire/wire-type.js";
import { join, type Part, split } from "./parts.js";

/** How to write a message in another way that means the same. */
export interface Rewriting {
  /** The order of a map's entries. Default: as it is. */
  readonly entries?: (entries: readonly Part[]) => readonly Part[];
  /** The order of a message's fields; those of one number must keep theirs. Default: as it is. */
  readonly fields?: (fields: readonly Part[]) => readonly Part[];
  /** A field that each message of the protocol has besides. Default: none. */
  readonly unknown?: Part;
}

/** Writes an encoded request in another way that means the same, at every depth. */
export function rewriteRequest(bytes: Uint8Array, rewriting: Rewriting): Uint8Array {
  return rewrite(bytes, shapeOf(runFunctionRequest), rewriting);
}

/** Where in a message there are maps, and what is below its fields. */
interface Shape {
  readonly maps: ReadonlySet<number>;
  below(number: number): Shape | undefined;
  /** Whether fields may be added: those of google.protobuf are never extended. */
  readonly isOwn: boolean;
}

function rewrite(bytes: Uint8Array, shape: Shape, rewriting: Rewriting): Uint8Array {
  const { entries = same, fields = same, unknown } = rewriting;
  const parts = split(bytes).map((part) => {
    const inner = part.wireType === WireType.Length ? shape.below(part.number) : undefined;
    return inner ? { ...part, body: rewrite(part.body, inner, rewriting) } : part;
  });
  const maps = [...shape.maps].flatMap((number) => entries(parts.filter((part) => part.number === number)));
  const rest = parts.filter(({ number }) => !shape.maps.has(number));
  return join([...fields([...maps, ...rest]), ...(unknown && shape.isOwn ? [unknown] : [])]);
}

const same = (parts: readonly Part[]) => parts;

function shapeOf(message: Message): Shape {
  const { fields, byNumber } = message;
  return {
    maps: new Set(fields.filter(({ presence }) => presence === "map").map(({ number }) => number)),
    below: (number) => {
      const field = byNumber.get(number);
      const value = field && shapeOfType(field.type);
      return field?.presence === "map" ? entryOf(value) : value;
    },
    isOwn: true,
  };
}

function shapeOfType(type: FieldType): Shape | undefined {
  if (type === "struct") return STRUCT;
  return typeof type === "string" ? undefined : shapeOf(type);
}

/** An entry of a map is a message of a key and a value. */
function entryOf(value: Shape | undefined): Shape {
  return { maps: new Set(), below: (number) => (number === 2 ? value : undefined), isOwn: false };
}

// google.protobuf.Struct is a map of Values, of which the kinds 5 and 6 are a Struct and a ListValue.
const STRUCT: Shape = {
  maps: new Set([1]),
  below: (number) => (number === 1 ? entryOf(VALUE) : undefined),
  isOwn: false,
};
const LIST: Shape = { maps: new Set(), below: (number) => (number === 1 ? VALUE : undefined), isOwn: false };
const VALUE: Shape = {
  maps: new Set(),
  below: (number) => (number === 5 ? STRUCT : number === 6 ? LIST : undefined),
  isOwn: false,
};
