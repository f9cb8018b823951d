export { readCertificates } from "./certificates.js";
export { type Logger, logger } from "./log.js";
export { shutdown } from "./shutdown.js";
