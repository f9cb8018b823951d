// The floor: takes a request over node:http2 and answers with the same bytes each time, as gRPC frames them. It reads nothing.
//
//   node echo-server.mjs RESPONSE PORT
import { readFileSync } from "node:fs";
import { createServer } from "node:http2";

const [file, port] = process.argv.slice(2);
const body = readFileSync(file);
const message = Buffer.concat([Buffer.alloc(5), body]);
message.writeUInt32BE(body.length, 1);

createServer()
  .on("stream", (stream) => {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.on("end", () => {
      Buffer.concat(chunks);
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.end(message);
    });
  })
  .listen(Number(port), "127.0.0.1");
