// Serves a handler with the official SDK, by its own FunctionRunner and newGrpcServer:
//
//   node sdk-server.mjs MODULE EXPORT PORT
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { FunctionRunner, newGrpcServer, startServer } from "@crossplane-org/function-sdk-typescript";
import { pino } from "pino";

const [module, name, port] = process.argv.slice(2);
const { [name]: compose } = await import(pathToFileURL(resolve(module)).href);
const logger = pino({ level: "info" }, pino.destination(2));
const handler = { RunFunction: async (request) => compose(request) };
startServer(
  newGrpcServer(new FunctionRunner(handler, logger), logger),
  { address: `127.0.0.1:${port}`, insecure: true },
  logger,
);
