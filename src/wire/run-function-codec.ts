import { type Codec, type CodecOptions, codecOf } from "./codec.js";
import { type Init } from "./init.js";
import { largestParts } from "./largest-parts.js";
import { lazyCodecOf } from "./lazy-codec.js";
import { type RunFunctionRequest } from "./request.js";
import { type RunFunctionResponse } from "./response.js";
import { runFunctionRequest, runFunctionResponse } from "./run-function.js";

/** The two codecs of the messages of run_function.proto: the one makes objects at once, the other as they are read. */
export const codecs = {
  eager: { request: codecOf(runFunctionRequest), response: codecOf(runFunctionResponse, largestParts) },
  lazy: { request: lazyCodecOf(runFunctionRequest), response: lazyCodecOf(runFunctionResponse, largestParts) },
} satisfies Readonly<Record<string, Codecs>>;

export interface Codecs {
  readonly request: Codec<RunFunctionRequest>;
  readonly response: Codec<RunFunctionResponse>;
}

const { request, response } = codecs.eager;

/**
 * Decodes a request, by the rules of proto3 and as Go does it where they leave a choice.
 *
 * - What is absent has its default, and undefined where the type says so. Fields that are not known are skipped, as are
 *   known ones of another wire type.
 * - Where a field stands more than once, the last scalar and the last entry of a key win; messages, Structs and Values
 *   of one kind are merged.
 * - Enums are open. A Value of no kind is null.
 * - Strings must be valid UTF-8, as Go and google-protobuf have it; the official SDK puts U+FFFD in their place.
 * - Numbers must be finite, and objects and lists nest at most 500 deep.
 *
 * Nothing of `bytes` is kept: they may be reused at once.
 *
 * @throws WireError if the bytes are malformed, break one of these rules or exceed `maxBytes`
 */
export function decodeRequest(bytes: Uint8Array, options?: CodecOptions): RunFunctionRequest {
  return request.decode(bytes, options);
}

/**
 * Decodes a request by the same rules and with the same errors, but defers what makes the most work of it: resources and
 * Structs are made once they are read.
 *
 * The bytes must stay as they are until {@link close}, which whoever answers the request calls once it has.
 *
 * @throws WireError likewise; there is nothing that reading what was deferred could throw
 */
export function receiveRequest(bytes: Uint8Array, options?: CodecOptions): RunFunctionRequest {
  return codecs.lazy.request.decode(bytes, options);
}

/**
 * Encodes a request, for those who call functions. The rules are those of {@link encodeResponse}.
 *
 * @throws WireError likewise
 */
export function encodeRequest(value: Init<RunFunctionRequest>, options?: CodecOptions): Uint8Array {
  return request.encode(value, options);
}

/**
 * Decodes a response, for those who call functions. The rules are those of {@link decodeRequest}.
 *
 * @throws WireError likewise
 */
export function decodeResponse(bytes: Uint8Array, options?: CodecOptions): RunFunctionResponse {
  return response.decode(bytes, options);
}

/**
 * Encodes a response. Equal values give the same bytes, in whatever order their properties were set: fields stand in
 * the order of their numbers, and the keys of maps and Structs in that of their UTF-16 code units.
 *
 * What is undefined is left out, an object's property as well as a field. What would arrive as something else is
 * refused with its path: in a Struct, dates, class instances, functions, bigints, NaN and infinities, integers beyond
 * 2^53, undefined in a list, cycles, and more than 500 levels of objects and lists; anywhere, strings with half a
 * surrogate pair, both fields of a oneof, and what is not of its field's type.
 *
 * @throws WireError if the value has to be refused, or if it exceeds `maxBytes`; that one names what is largest in it
 */
export function encodeResponse(value: Init<RunFunctionResponse>, options?: CodecOptions): Uint8Array {
  return response.encode(value, options);
}
