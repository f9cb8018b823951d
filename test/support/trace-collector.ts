import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** 2 for an error. */
  readonly status: number;
  /** Those of what was traced, such as `service.name`. */
  readonly resource: Readonly<Record<string, string | number>>;
}

/** A collector of OpenTelemetry's on loopback, which takes OTLP over HTTP in protobuf until the test is over. */
export async function traceCollector() {
  const spans: CollectedSpan[] = [];
  const bodies: Buffer[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    bodies.push(body);
    if (request.url === "/v1/traces") spans.push(...spansIn(body));
    response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    for (const check of waiting) check();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    /** All that was sent, as it was. */
    bodies,
    /** Waits until so many spans are there. */
    collected: (many: number) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (spans.length < many) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}

// The numbers are those of opentelemetry/proto/trace/v1/trace.proto and what it imports.
function spansIn(request: Buffer): readonly CollectedSpan[] {
  return messages(request, 1).flatMap((resourceSpans) => {
    const resource = attributesIn(messages(resourceSpans, 1)[0] ?? Buffer.alloc(0), 1);
    return messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .map((span) => {
        const [traceId, spanId, parentSpanId] = [1, 2, 4].map((number) => messages(span, number)[0]?.toString("hex"));
        const [code] = messages(span, 15).flatMap((status) => fieldsOf(status).get(3) ?? []);
        return {
          traceId: traceId ?? "",
          spanId: spanId ?? "",
          parentSpanId: parentSpanId ?? "",
          name: messages(span, 5)[0]?.toString() ?? "",
          attributes: attributesIn(span, 9),
          status: Number(code ?? 0),
          resource,
        };
      });
  });
}

function attributesIn(message: Buffer, number: number): Readonly<Record<string, string | number>> {
  const entries = messages(message, number).map((pair) => {
    const value = messages(pair, 2)[0] ?? Buffer.alloc(0);
    const [integer] = fieldsOf(value).get(3) ?? [];
    return [messages(pair, 1)[0]?.toString() ?? "", messages(value, 1)[0]?.toString() ?? Number(integer)] as const;
  });
  return Object.fromEntries(entries);
}

function messages(message: Buffer, number: number): readonly Buffer[] {
  return (fieldsOf(message).get(number) ?? []).filter((value) => Buffer.isBuffer(value));
}

/** The fields of a message by number: bytes for what has a length, else a number. */
function fieldsOf(message: Buffer): ReadonlyMap<number, readonly (Buffer | number)[]> {
  const fields = new Map<number, (Buffer | number)[]>();
  let at = 0;
  const varint = () => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      factor *= 128;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number) => {
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = varint();
    const wire = tag & 7;
    const value = wire === 0 ? varint() : take(wire === 2 ? varint() : wire === 1 ? 8 : 4);
    fields.set(tag >>> 3, [...(fields.get(tag >>> 3) ?? []), value]);
  }
  return fields;
}
