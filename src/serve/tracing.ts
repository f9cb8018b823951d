import { status } from "@grpc/grpc-js";
import {
  type Attributes,
  type Context,
  createTraceState,
  DiagLogLevel,
  diag,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { type Logger } from "../runtime/log.js";
import { type RunFunctionRequest, type RunFunctionResponse, Severity } from "../wire/index.js";
import { type BegunCall, type CallObserver, type EndedCall } from "./observer.js";

export interface TracingOptions {
  /** The function: `service.name`, unless the environment says another. */
  readonly name: string;
  readonly logger: Pick<Logger, "warn">;
}

export interface Tracing {
  readonly observer: CallObserver;
  /** Sends what is not sent yet, for so many milliseconds at most. */
  close(deadlineMs: number): Promise<void>;
}

/**
 * Traces calls as the environment's OTEL_* variables say: where to (OTLP over HTTP, in protobuf), how many, as what. A span of
 * a call is a child of the one that `traceparent` in its metadata says. No span holds what an XR, a result or an error says.
 */
export function tracing({ name, logger }: TracingOptions): Tracing {
  diag.setLogger(sayingOnce(logger), { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": name }).merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer("trimtab");
  const observer: CallObserver = (call) => {
    const { service, method } = call;
    const attributes = {
      "rpc.system": "grpc",
      "rpc.service": service,
      "rpc.method": method,
      "crossplane.function": name,
    };
    const span = tracer.startSpan(`${service}/${method}`, { kind: SpanKind.SERVER, attributes }, parentOf(call));
    return {
      request: (request) => void span.setAttributes(attributesOf(request)),
      response: (response) => void span.setAttributes(countsOf(response)),
      end: (over) => end(span, over),
    };
  };
  return { observer, close: (deadlineMs) => atMost(deadlineMs, provider.shutdown()) };
}

function parentOf({ metadata }: BegunCall): Context {
  const [, traceId = "", spanId = "", flags = "0"] = TRACEPARENT.exec(metadata("traceparent") ?? "") ?? [];
  const tracestate = metadata("tracestate");
  const context = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  };
  return isSpanContextValid(context) ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT;
}

/** As W3C's Trace Context, level 1, has it; what later versions put behind it is theirs. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

function attributesOf({ meta, observed }: RunFunctionRequest): Attributes {
  const { apiVersion, kind, metadata } = (observed?.composite?.resource ?? {}) as Said;
  const said = {
    "crossplane.request.tag": meta?.tag,
    "crossplane.xr.api_version": apiVersion,
    "crossplane.xr.kind": kind,
    "crossplane.xr.namespace": metadata?.namespace,
    "crossplane.xr.name": metadata?.name,
  };
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** As a request may have it, which nobody has checked. */
interface Said {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown } | null;
}

function countsOf({ results, desired }: RunFunctionResponse): Attributes {
  const of = (severity: Severity) => results.filter((result) => result.severity === severity).length;
  return {
    "crossplane.results.fatal": of(Severity.Fatal),
    "crossplane.results.warning": of(Severity.Warning),
    "crossplane.results.normal": of(Severity.Normal),
    "crossplane.desired.resources": Object.keys(desired?.resources ?? {}).length,
  };
}

function end(span: Span, { code, receivedBytes, sentBytes, isFault }: EndedCall): void {
  span.setAttributes({
    "rpc.grpc.status_code": code,
    "rpc.request.size": receivedBytes,
    "rpc.response.size": sentBytes,
    ...(isFault && { "crossplane.results.fatal": 1 }),
  });
  if (code !== status.OK || isFault) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** A collector that is away is away for each batch; it is said once in ten minutes. */
function sayingOnce(logger: Pick<Logger, "warn">) {
  let next = 0;
  const error = () => {
    if (performance.now() < next) return;
    next = performance.now() + 600_000;
    logger.warn("cannot send traces; is OTEL_EXPORTER_OTLP_ENDPOINT right, and who listens there well?");
  };
  const nothing = () => {};
  return { error, warn: nothing, info: nothing, debug: nothing, verbose: nothing };
}

async function atMost(ms: number, done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([done.catch(() => {}), late]);
  clearTimeout(timer);
}
