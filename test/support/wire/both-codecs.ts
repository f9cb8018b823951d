import { type CodecOptions } from "../../../src/wire/codec.js";
import { Deferred } from "../../../src/wire/deferred.js";
import { type Init } from "../../../src/wire/init.js";
import { LazyMessage } from "../../../src/wire/lazy-message.js";
import { type RunFunctionRequest } from "../../../src/wire/request.js";
import { type RunFunctionResponse } from "../../../src/wire/response.js";
import { type Codecs, codecs } from "../../../src/wire/run-function-codec.js";

/** A codec of both messages, of which everything is read that it decodes. */
export interface ReadingCodec {
  readonly name: string;
  decodeRequest(bytes: Uint8Array, options?: CodecOptions): RunFunctionRequest;
  encodeRequest(value: Init<RunFunctionRequest>, options?: CodecOptions): Uint8Array;
  decodeResponse(bytes: Uint8Array, options?: CodecOptions): RunFunctionResponse;
  encodeResponse(value: Init<RunFunctionResponse>, options?: CodecOptions): Uint8Array;
}

/** The eager codec and the lazy one, for the contract that both of them keep. */
export const bothCodecs: readonly ReadingCodec[] = Object.entries(codecs).map(([name, codec]) => reading(name, codec));

function reading(name: string, { request, response }: Codecs): ReadingCodec {
  return {
    name,
    decodeRequest: (bytes, options) => whole(request.decode(bytes, options)),
    encodeRequest: (value, options) => request.encode(value, options),
    decodeResponse: (bytes, options) => whole(response.decode(bytes, options)),
    encodeResponse: (value, options) => response.encode(value, options),
  };
}

/** The same message, of which nothing is left to decode, as plain objects. */
export function whole<M>(message: M): M {
  return read(message) as M;
}

function read(value: unknown): unknown {
  if (value instanceof Deferred) return value.value;
  if (Array.isArray(value)) return value.map(read);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(fieldsOf(value).map((key) => [key, read((value as Record<string, unknown>)[key])]));
}

/** Those of a lazy message are not all its own. */
function fieldsOf(value: object): readonly string[] {
  if (!(value instanceof LazyMessage)) return Object.keys(value);
  const names: string[] = [];
  for (const name in value) names.push(name);
  return names;
}
