import { type ArgsDef } from "citty";
import { type Args, type COMMON } from "../command.js";

/** The flags of whatever serves one function: `trimtab serve`, and the program of a function's package. */
export const SERVE_FLAGS = {
  address: { type: "string", valueHint: "host:port", default: "0.0.0.0:9443", description: "Where to listen." },
  "tls-server-certs-dir": {
    type: "string",
    valueHint: "folder",
    description: "The folder of tls.crt, tls.key and ca.crt. Default: the environment's TLS_SERVER_CERTS_DIR.",
  },
  insecure: { type: "boolean", description: "Serve plain text to everybody: for development." },
  "max-recv-message-size": {
    type: "string",
    valueHint: "MiB",
    default: "64",
    description: "The size above which requests are refused.",
  },
  "shutdown-timeout": {
    type: "string",
    valueHint: "duration",
    default: "25s",
    description: "How long calls that are under way may take once it is told to stop. Kubernetes gives a Pod 30s.",
  },
  "health-address": {
    type: "string",
    valueHint: "host:port",
    description: "Where to answer /healthz and /readyz over plain HTTP, such as :8081. Default: nowhere.",
  },
  "metrics-address": {
    type: "string",
    valueHint: "host:port",
    description:
      "Where to answer /metrics for Prometheus, and probes too, over plain HTTP, such as :8080. Default: nowhere.",
  },
  reflection: { type: "boolean", description: "Describe the services to whoever may call, for tools such as grpcurl." },
} as const satisfies ArgsDef;

/** The flags of the program of a function's package, which Crossplane says Prometheus that it may ask at port 8080. */
export const PACKAGE_FLAGS = {
  ...SERVE_FLAGS,
  "metrics-address": {
    ...SERVE_FLAGS["metrics-address"],
    description:
      "Where to answer /metrics for Prometheus, and probes too, over plain HTTP; nowhere if it is empty. Default: :8080, and nowhere with --insecure.",
  },
} as const satisfies ArgsDef;

/** What these flags were given. */
export type ServeArgs = Pick<Args<typeof SERVE_FLAGS & typeof COMMON>, keyof typeof SERVE_FLAGS | keyof typeof COMMON>;
