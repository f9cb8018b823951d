import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  type MethodDefinition,
  type Server,
  type ServerWritableStream,
  status,
} from "@grpc/grpc-js";
import { codecOf } from "../wire/codec.js";
import { enumeration, message, string } from "../wire/message.js";

export const HEALTH = "grpc.health.v1.Health";

/** What `grpc.health.v1.Health` says of a server. */
export interface Health {
  /** From now on nothing is served: says so to whoever watches, and ends that. */
  drain(): void;
}

/**
 * Lets a gRPC server answer `grpc.health.v1.Health`, as its health.proto has it: SERVING until it drains, for the server as a whole
 * (the service "") and each of these services. Others are NOT_FOUND to Check, and SERVICE_UNKNOWN to Watch.
 */
export function addHealth(server: Server, services: readonly string[]): Health {
  let current: ServingStatus = ServingStatus.Serving;
  const watchers = new Set<ServerWritableStream<HealthCheckRequest, HealthCheckResponse>>();
  const isKnown = (service: string) => service === "" || services.includes(service);
  const check: handleUnaryCall<HealthCheckRequest, HealthCheckResponse> = ({ request: { service } }, callback) => {
    if (isKnown(service)) callback(null, { status: current });
    else callback({ code: status.NOT_FOUND, details: `there is no service ${JSON.stringify(service)} here` });
  };
  const watch: handleServerStreamingCall<HealthCheckRequest, HealthCheckResponse> = (call) => {
    const known = isKnown(call.request.service);
    call.write({ status: known ? current : ServingStatus.ServiceUnknown });
    if (current !== ServingStatus.Serving) {
      call.end();
      return;
    }
    watchers.add(call);
    call.once("cancelled", () => watchers.delete(call));
  };
  server.addService({ check: CHECK, watch: WATCH }, { check, watch });
  return {
    drain() {
      current = ServingStatus.NotServing;
      for (const call of watchers) {
        if (isKnown(call.request.service)) call.write({ status: current });
        call.end();
      }
      watchers.clear();
    },
  };
}

enum ServingStatus {
  Serving = 1,
  NotServing = 2,
  ServiceUnknown = 3,
}

interface HealthCheckRequest {
  readonly service: string;
}

interface HealthCheckResponse {
  readonly status: ServingStatus;
}

const request = codecOf(message<HealthCheckRequest>("HealthCheckRequest", { service: string(1) }));
const response = codecOf(message<HealthCheckResponse>("HealthCheckResponse", { status: enumeration(1) }));

const CHECK: MethodDefinition<HealthCheckRequest, HealthCheckResponse> = {
  path: `/${HEALTH}/Check`,
  requestStream: false,
  responseStream: false,
  requestSerialize: (value) => Buffer.from(request.encode(value)),
  requestDeserialize: (bytes) => request.decode(bytes),
  responseSerialize: (value) => Buffer.from(response.encode(value)),
  responseDeserialize: (bytes) => response.decode(bytes),
};

const WATCH: MethodDefinition<HealthCheckRequest, HealthCheckResponse> = {
  ...CHECK,
  path: `/${HEALTH}/Watch`,
  responseStream: true,
};
