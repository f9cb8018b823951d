import { status } from "@grpc/grpc-js";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type RunFunctionResponse, Severity } from "../wire/index.js";
import { type CallEvents, type CallObserver, type EndedCall } from "./observer.js";
import { METHOD, SERVICES } from "./service.js";

/** What Prometheus reads. */
export interface Metrics {
  readonly observer: CallObserver;
  /** The HTTP header of `text`. */
  readonly contentType: string;
  text(): Promise<string>;
}

/**
 * Measures calls, with the names that go-grpc-middleware has and so functions in Go have too, and this process as prom-client does.
 * Its series are as many whatever is called: no label holds what a caller, an XR or a function says.
 */
export function metrics(): Metrics {
  const registry = new Registry();
  // Ten times a second tells a lag that a caller would notice, and lets an idle process sleep.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  const calls = callMetrics(registry);
  return { observer: observerOf(calls), contentType: registry.contentType, text: () => registry.metrics() };
}

type CallMetrics = ReturnType<typeof callMetrics>;

function callMetrics(registry: Registry) {
  const registers = [registry];
  const labelNames = ["grpc_type", "grpc_service", "grpc_method"] as const;
  const made = {
    started: new Counter({
      name: "grpc_server_started_total",
      help: "Total number of RPCs started on the server.",
      labelNames,
      registers,
    }),
    handled: new Counter({
      name: "grpc_server_handled_total",
      help: "Total number of RPCs completed on the server, regardless of success or failure.",
      labelNames: [...labelNames, "grpc_code"],
      registers,
    }),
    seconds: new Histogram({
      name: "grpc_server_handling_seconds",
      help: "Histogram of response latency (seconds) of gRPC that had been application-level handled by the server.",
      labelNames,
      buckets: SECONDS,
      registers,
    }),
    received: new Histogram({
      name: "grpc_server_msg_received_bytes",
      help: "Size of requests, without the head that gRPC puts before them.",
      labelNames,
      buckets: BYTES,
      registers,
    }),
    sent: new Histogram({
      name: "grpc_server_msg_sent_bytes",
      help: "Size of responses, without the head that gRPC puts before them.",
      labelNames,
      buckets: BYTES,
      registers,
    }),
    inFlight: new Gauge({
      name: "grpc_server_in_flight",
      help: "Calls that have arrived and are not answered yet.",
      labelNames,
      registers,
    }),
    results: new Counter({
      name: "function_results_total",
      help: "Results in the function's responses.",
      labelNames: ["severity"],
      registers,
    }),
  };
  // What has not happened yet is 0, so that rates see the first time.
  for (const labels of METHODS.values()) {
    made.started.inc(labels, 0);
    made.inFlight.set(labels, 0);
    for (const grpc_code of CODES.values()) made.handled.inc({ ...labels, grpc_code }, 0);
    for (const histogram of [made.seconds, made.received, made.sent]) histogram.zero(labels);
  }
  for (const severity of SEVERITIES.values()) made.results.inc({ severity }, 0);
  return made;
}

const METHODS = new Map(
  SERVICES.map((service) => [service as string, { grpc_type: "unary", grpc_service: service, grpc_method: METHOD }]),
);

/** As Go writes them. */
const CODES: ReadonlyMap<status, string> = new Map([
  [status.OK, "OK"],
  [status.CANCELLED, "Canceled"],
  [status.UNKNOWN, "Unknown"],
  [status.INVALID_ARGUMENT, "InvalidArgument"],
  [status.DEADLINE_EXCEEDED, "DeadlineExceeded"],
  [status.RESOURCE_EXHAUSTED, "ResourceExhausted"],
  [status.UNIMPLEMENTED, "Unimplemented"],
  [status.INTERNAL, "Internal"],
  [status.UNAVAILABLE, "Unavailable"],
]);

const SEVERITIES: ReadonlyMap<Severity, string> = new Map([
  [Severity.Fatal, "fatal"],
  [Severity.Warning, "warning"],
  [Severity.Normal, "normal"],
]);

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** From 1 KiB to 64 MiB. */
const BYTES = Array.from({ length: 9 }, (_, index) => 1024 * 4 ** index);

function observerOf(made: CallMetrics): CallObserver {
  return ({ service, method }) => {
    const labels = METHODS.get(service);
    if (labels === undefined || method !== METHOD) return {};
    return eventsOf(made, labels);
  };
}

function eventsOf(made: CallMetrics, labels: Readonly<Record<string, string>>): CallEvents {
  const began = performance.now();
  let results: RunFunctionResponse["results"] = [];
  made.started.inc(labels);
  made.inFlight.inc(labels);
  return {
    response: (response) => {
      results = response.results;
    },
    end: (over) => {
      made.inFlight.dec(labels);
      made.handled.inc({ ...labels, grpc_code: CODES.get(over.code) ?? "Unknown" });
      made.seconds.observe(labels, (performance.now() - began) / 1000);
      if (over.receivedBytes > 0) made.received.observe(labels, over.receivedBytes);
      if (over.code !== status.OK) return;
      made.sent.observe(labels, over.sentBytes);
      countResults(made, over, results);
    },
  };
}

/** What was thrown is one fatal result in the place of all others. */
function countResults({ results }: CallMetrics, { isFault }: EndedCall, said: RunFunctionResponse["results"]): void {
  if (isFault) {
    results.inc({ severity: "fatal" });
    return;
  }
  for (const { severity } of said) {
    const name = SEVERITIES.get(severity);
    if (name !== undefined) results.inc({ severity: name });
  }
}
