import { type Logger } from "../../runtime/index.js";
import { reason } from "../../runtime/reason.js";
import { type Tracing } from "../../serve/tracing.js";
import { type IO } from "../io.js";
import { loadPeer } from "../load-peer.js";

/**
 * Traces calls where the environment says where to; undefined where it does not. Where it does and that cannot be, the log says
 * why, and the function is served all the same: such variables are set for a whole cluster, too.
 */
export async function trace(name: string, { env }: Pick<IO, "env">, logger: Logger): Promise<Tracing | undefined> {
  const endpoint = ENDPOINTS.find((variable) => env[variable]);
  if (endpoint === undefined || isOff(env)) return undefined;
  try {
    const protocol = env["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] || env["OTEL_EXPORTER_OTLP_PROTOCOL"] || SPOKEN;
    if (protocol !== SPOKEN) {
      throw new Error(`cannot trace over ${protocol}: a function speaks ${SPOKEN}, mostly at port 4318; say that one`);
    }
    const { tracing } = await loadPeer("trace", PEERS, () => import("../../serve/tracing.js"));
    return tracing({ name, logger });
  } catch (error) {
    const remedy = "of a package, say tracing: true in trimtab.config.ts";
    logger.error({ reason: `${reason(error)}; ${remedy}` }, `nothing is traced, though ${endpoint} is set`);
    return undefined;
  }
}

const ENDPOINTS = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"] as const;

const PEERS =
  "@opentelemetry/api @opentelemetry/sdk-trace-node@2 @opentelemetry/resources@2 @opentelemetry/exporter-trace-otlp-proto@0.223";

const SPOKEN = "http/protobuf";

function isOff(env: IO["env"]): boolean {
  return env["OTEL_SDK_DISABLED"]?.toLowerCase() === "true" || env["OTEL_TRACES_EXPORTER"] === "none";
}
