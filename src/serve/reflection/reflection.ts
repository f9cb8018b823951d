import {
  type handleBidiStreamingCall,
  type MethodDefinition,
  type Server,
  type ServerDuplexStream,
  status,
} from "@grpc/grpc-js";
import { type FileDescriptors, fileDescriptors } from "./file-descriptors.js";
import { type ReflectionRequest, type ReflectionResponse, request, response } from "./messages.js";

/** What describes a server's services to whoever asks. */
export interface Reflection {
  /** From now on nothing is said any more: ends the calls that there are. */
  drain(): void;
}

/** Lets a gRPC server describe these services and itself, as reflection.proto has it, v1 and v1alpha. */
export function addReflection(server: Server, services: readonly string[]): Reflection {
  const files = fileDescriptors();
  const all = [...services, ...SERVICES];
  const calls = new Set<Call>();
  const serverReflectionInfo: handleBidiStreamingCall<ReflectionRequest, ReflectionResponse> = (call) => {
    calls.add(call);
    call.once("close", () => calls.delete(call));
    call.on("data", (asked: ReflectionRequest) => {
      if (call.write(answer(asked, files, all))) return;
      call.pause();
      call.once("drain", () => call.resume());
    });
    call.once("end", () => call.end());
  };
  for (const service of SERVICES) {
    server.addService({ serverReflectionInfo: method(service) }, { serverReflectionInfo });
  }
  return {
    drain() {
      for (const call of calls) call.end();
    },
  };
}

type Call = ServerDuplexStream<ReflectionRequest, ReflectionResponse>;

const SERVICES = ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"] as const;

function method(service: string): MethodDefinition<ReflectionRequest, ReflectionResponse> {
  return {
    path: `/${service}/ServerReflectionInfo`,
    requestStream: true,
    responseStream: true,
    requestSerialize: (value) => Buffer.from(request.encode(value)),
    requestDeserialize: (bytes) => request.decode(bytes),
    responseSerialize: (value) => Buffer.from(response.encode(value)),
    responseDeserialize: (bytes) => response.decode(bytes),
  };
}

function answer(asked: ReflectionRequest, files: FileDescriptors, services: readonly string[]): ReflectionResponse {
  const said = { ...NOTHING, validHost: asked.host, originalRequest: asked };
  if (asked.listServices !== undefined) {
    return { ...said, services: { service: services.map((name) => ({ name })) } };
  }
  const { fileByFilename: name, fileContainingSymbol: symbol } = asked;
  const found = name === undefined ? symbol && files.withSymbol(symbol) : files.named(name);
  if (found) return { ...said, files: { fileDescriptorProto: found } };
  // proto3 has no extensions.
  const what = name ?? symbol ?? "an extension";
  return { ...said, error: { errorCode: status.NOT_FOUND, errorMessage: `there is no ${what} here` } };
}

const NOTHING = { files: undefined, services: undefined, error: undefined } as const;
