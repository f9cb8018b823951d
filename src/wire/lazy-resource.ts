import { readMessage } from "./decode-message.js";
import { Deferred } from "./deferred.js";
import { Ready } from "./enums.js";
import { type JsonObject } from "./json.js";
import { emptyMessage } from "./message.js";
import { sizeOf } from "./plain-bytes.js";
import { type Part, Reader } from "./reader.js";
import { resource } from "./run-function.js";
import { type Selection, selectStruct } from "./select-struct.js";
import { type Source } from "./source.js";
import { type ResourceState } from "./state.js";
import { Trail } from "./trail.js";
import { tagOf, WireType } from "./wire-type.js";

/** A resource of a message that is plainly written, decoded once something of it is read. Its fields are not its own. */
export class LazyResource extends Deferred<ResourceState> implements ResourceState {
  constructor(source: Source, part: Part) {
    super(source, part, readResource);
  }

  get resource(): JsonObject | undefined {
    return this.value.resource;
  }

  get connectionDetails(): Readonly<Record<string, Uint8Array>> {
    return this.value.connectionDetails;
  }

  get ready(): Ready {
    return this.isRead ? this.value.ready : this.peekAt(readReady);
  }

  /** Of its object what is selected, without decoding the rest; all of it, once it is decoded. */
  peek(selection: Selection): JsonObject | undefined {
    if (this.isRead) return this.value.resource;
    return this.peekAt(({ plain }, { start }) => {
      // It comes first.
      if (plain.bytes[start] !== OBJECT) return undefined;
      const length = plain.length(start + 1);
      const object = start + 1 + sizeOf(length);
      return selectStruct(plain, object, object + length, selection);
    });
  }
}

const OBJECT = tagOf(1, WireType.Length);
const READY = tagOf(3, WireType.Varint);

function readResource({ bytes, plain }: Source, { start, end }: Part): ResourceState {
  const value = emptyMessage(resource);
  readMessage(new Reader(bytes, new Trail("decode a resource"), { start, end, plain }), resource, value);
  return value as unknown as ResourceState;
}

/** It comes last, if at all, and has one byte. */
function readReady({ bytes, plain }: Source, { start, end }: Part): Ready {
  for (let at = start; at < end; ) {
    if (bytes[at] === READY) return bytes[at + 1] ?? 0;
    const length = plain.length(at + 1);
    at += 1 + sizeOf(length) + length;
  }
  return Ready.Unspecified;
}
