export { readCertificates } from "./certificates.js";
export { type Logger, logger } from "./log.js";
export { serveProbes } from "./probes.js";
export { shutdown } from "./shutdown.js";
export { watchCertificates } from "./watch-certificates.js";
