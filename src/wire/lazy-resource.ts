import { readEmbedded } from "./decode-message.js";
import { Deferred, type Part } from "./deferred.js";
import { type Ready } from "./enums.js";
import { type JsonObject } from "./json.js";
import { emptyMessage } from "./message.js";
import { type Reader } from "./reader.js";
import { resource } from "./run-function.js";
import { type Selection, selectStruct } from "./select-struct.js";
import { type Source } from "./source.js";
import { type ResourceState } from "./state.js";
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
    if (this.isRead) return this.value.ready;
    const reader = this.#within();
    while (!reader.done) {
      const tag = reader.tag();
      if (tag === READY) return reader.int32();
      reader.skip(tag);
    }
    return 0;
  }

  /** See {@link peek}. */
  peek(selection: Selection): JsonObject | undefined {
    if (this.isRead) return this.value.resource;
    const reader = this.#within();
    // Plain: it comes first.
    return !reader.done && reader.tag() === OBJECT ? selectStruct(reader, selection) : undefined;
  }

  #within(): Reader {
    const reader = this.reader();
    reader.enter();
    return reader;
  }
}

/**
 * Of a resource's object what is selected, and perhaps more. Where it is decoded when it is read, the rest of it is not.
 */
export function peek(state: ResourceState, selection: Selection): JsonObject | undefined {
  return state instanceof LazyResource ? state.peek(selection) : state.resource;
}

const OBJECT = tagOf(1, WireType.Length);
const READY = tagOf(3, WireType.Varint);

const readResource = (reader: Reader) => readEmbedded(reader, resource, emptyMessage(resource)) as ResourceState;
