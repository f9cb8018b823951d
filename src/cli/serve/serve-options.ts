import { type Credentials } from "../../serve/index.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";
import { credentialsOf } from "./credentials-of.js";
import { type ServeArgs } from "./flags.js";

/** How a function is served. */
export interface ServeOptions {
  /** Host and port. */
  readonly address: string;
  readonly credentials: Credentials;
  readonly maxReceiveBytes: number;
  readonly isDebug: boolean;
}

/**
 * What the flags and the environment say. Certificates are read here, so that what lacks is said before anything is loaded.
 *
 * @throws UsageError where a flag's value is none, and Error where the certificates cannot be used
 */
export function serveOptions(args: ServeArgs, { env }: Pick<IO, "env">): ServeOptions {
  const maxReceiveBytes = mebibytes(args["max-recv-message-size"]);
  const folder = args["tls-server-certs-dir"] ?? env["TLS_SERVER_CERTS_DIR"];
  const credentials = credentialsOf({ isInsecure: args.insecure === true, folder });
  return { address: args.address, credentials, maxReceiveBytes, isDebug: args.debug === true };
}

function mebibytes(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text)) {
    throw new UsageError(`--max-recv-message-size ${JSON.stringify(text)} is not a whole number of MiB from 1 to 9999`);
  }
  return Number(text) * 1024 * 1024;
}
