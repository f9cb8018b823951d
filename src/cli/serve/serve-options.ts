import { type Credentials } from "../../serve/index.js";
import { duration } from "../duration.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";
import { credentialsOf } from "./credentials-of.js";
import { type ServeArgs } from "./flags.js";

/** How a function is served. */
export interface ServeOptions {
  /** Host and port. */
  readonly address: string;
  readonly credentials: Credentials;
  /** Where certificates were read, and are read again once they have changed; undefined where plain text is served. */
  readonly certificatesFolder: string | undefined;
  readonly maxReceiveBytes: number;
  readonly shutdownMs: number;
  /** Host and port of probes over plain HTTP; undefined for none. */
  readonly healthAddress: string | undefined;
  /** Where Prometheus asks; undefined for nowhere. */
  readonly metrics: MetricsOptions | undefined;
  readonly hasReflection: boolean;
  readonly isDebug: boolean;
}

export interface MetricsOptions {
  /** Host and port. */
  readonly address: string;
  /** Whether it was asked for, so that it has to be there. */
  readonly isRequired: boolean;
}

/**
 * What the flags and the environment say. Certificates are read here, so that what lacks is said before anything is loaded.
 *
 * @param defaultMetrics where metrics are where no flag says it and TLS is served. Default: nowhere
 * @throws UsageError where a flag's value is none, and Error where the certificates cannot be used
 */
export function serveOptions(args: ServeArgs, { env }: Pick<IO, "env">, defaultMetrics = ""): ServeOptions {
  const maxReceiveBytes = mebibytes(args["max-recv-message-size"]);
  const shutdownMs = positive(args["shutdown-timeout"], "--shutdown-timeout");
  const folder = args["tls-server-certs-dir"] ?? env["TLS_SERVER_CERTS_DIR"];
  const credentials = credentialsOf({ isInsecure: args.insecure === true, folder });
  return {
    address: args.address,
    credentials,
    certificatesFolder: credentials.kind === "tls" ? folder : undefined,
    maxReceiveBytes,
    shutdownMs,
    healthAddress: args["health-address"],
    metrics: metricsOf(args["metrics-address"], credentials.kind === "tls" ? defaultMetrics : ""),
    hasReflection: args.reflection === true,
    isDebug: args.debug === true,
  };
}

function metricsOf(given: string | undefined, otherwise: string): MetricsOptions | undefined {
  const address = given ?? otherwise;
  return address === "" ? undefined : { address, isRequired: given !== undefined };
}

function mebibytes(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text)) {
    throw new UsageError(`--max-recv-message-size ${JSON.stringify(text)} is not a whole number of MiB from 1 to 9999`);
  }
  return Number(text) * 1024 * 1024;
}

/** A timer of Node's holds no more milliseconds than 31 bits do. */
const LONGEST = 2 ** 31 - 1;

function positive(text: string, flag: string): number {
  const ms = duration(text, flag);
  if (ms < 0 || ms > LONGEST) throw new UsageError(`${flag} must be from 0 to 596h, not ${text}`);
  return ms;
}
