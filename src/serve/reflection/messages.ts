import { codecOf } from "../../wire/codec.js";
import { bytes, embedded, int32, message, oneof, repeated, string } from "../../wire/message.js";

// As reflection.proto has them, v1 and v1alpha alike, but for what is said of extensions.

export interface ReflectionRequest {
  readonly host: string;
  readonly fileByFilename: string | undefined;
  readonly fileContainingSymbol: string | undefined;
  readonly listServices: string | undefined;
}

export interface ReflectionResponse {
  readonly validHost: string;
  readonly originalRequest: ReflectionRequest | undefined;
  readonly files: { readonly fileDescriptorProto: readonly Uint8Array[] } | undefined;
  readonly services: { readonly service: readonly { readonly name: string }[] } | undefined;
  readonly error: { readonly errorCode: number; readonly errorMessage: string } | undefined;
}

const requestMessage = message<ReflectionRequest>("ServerReflectionRequest", {
  host: string(1),
  fileByFilename: oneof("message_request", string(3)),
  fileContainingSymbol: oneof("message_request", string(4)),
  listServices: oneof("message_request", string(7)),
});

export const request = codecOf(requestMessage);

export const response = codecOf(
  message<ReflectionResponse>("ServerReflectionResponse", {
    validHost: string(1),
    originalRequest: embedded(2, requestMessage),
    files: oneof(
      "message_response",
      embedded(
        4,
        message<NonNullable<ReflectionResponse["files"]>>("FileDescriptorResponse", {
          fileDescriptorProto: repeated(bytes(1)),
        }),
      ),
    ),
    services: oneof(
      "message_response",
      embedded(
        6,
        message<NonNullable<ReflectionResponse["services"]>>("ListServiceResponse", {
          service: repeated(embedded(1, message<{ readonly name: string }>("ServiceResponse", { name: string(1) }))),
        }),
      ),
    ),
    error: oneof(
      "message_response",
      embedded(
        7,
        message<NonNullable<ReflectionResponse["error"]>>("ErrorResponse", {
          errorCode: int32(1),
          errorMessage: string(2),
        }),
      ),
    ),
  }),
);
