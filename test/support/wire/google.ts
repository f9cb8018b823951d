import { BinaryReader } from "google-protobuf";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import {
  defaultOf,
  emptyMessage,
  type FieldType,
  isVarint,
  type Message,
  type NamedField,
} from "../../../src/wire/message.js";

/**
 * Decodes a message with the reader of google-protobuf, and its Structs with the classes that Google generated. Fields are read
 * in the way in which its generator for JavaScript has them read, for which the proto is compiled elsewhere.
 */
export function decodeWithGoogle(message: Message, bytes: Uint8Array): unknown {
  return readMessage(message, new BinaryReader(bytes) as Reader);
}

// What its types, which are older, leave out.
type Reader = BinaryReader & {
  readStringRequireUtf8(): string;
  readPackableEnumInto(into: number[]): void;
};

function readMessage(message: Message, reader: Reader): unknown {
  const out = emptyMessage(message);
  while (reader.nextField() && !reader.isEndGroup()) {
    const field = message.byNumber.get(reader.getFieldNumber());
    if (field === undefined) reader.skipField();
    else readField(field, reader, out);
  }
  return out;
}

function readField({ name, type, presence }: NamedField, reader: Reader, out: Record<string, unknown>): void {
  const held = out[name];
  if (presence === "map") readEntry(type, reader, held as Record<string, unknown>);
  else if (presence !== "repeated") out[name] = readValue(type, reader);
  else if (isVarint(type)) reader.readPackableEnumInto(held as number[]);
  else (held as unknown[]).push(readValue(type, reader));
}

function readEntry(type: FieldType, reader: Reader, into: Record<string, unknown>): void {
  let key = "";
  let value: unknown;
  reader.readMessage({} as never, () => {
    while (reader.nextField() && !reader.isEndGroup()) {
      if (reader.getFieldNumber() === 1) key = reader.readStringRequireUtf8();
      else if (reader.getFieldNumber() === 2) value = readValue(type, reader);
      else reader.skipField();
    }
  });
  into[key] = value ?? defaultOf(type);
}

function readValue(type: FieldType, reader: Reader): unknown {
  switch (type) {
    case "string":
      return reader.readStringRequireUtf8();
    case "bytes":
      return new Uint8Array(reader.readBytes());
    case "enum":
      return reader.readEnum();
    case "int32":
      return reader.readInt32();
    case "int64":
      return reader.readInt64();
    case "struct": {
      const struct = new Struct();
      reader.readMessage(struct, (given, from) => void Struct.deserializeBinaryFromReader(given, from));
      return struct.toJavaScript();
    }
    default: {
      let read: unknown;
      reader.readMessage({} as never, () => {
        read = readMessage(type, reader);
      });
      return read;
    }
  }
}
