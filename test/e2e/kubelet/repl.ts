import { connect } from "node:net";
import { text } from "node:stream/consumers";
import {
  fileLayer,
  imageFor,
  makeImage,
  makeIndex,
  parseReference,
  readLayout,
  registry,
} from "../../../src/xpkg/oci/index.js";
import { baseImage } from "../base-image/index.js";
import { type PodState } from "./pod-state.js";

/**
 * Pushes an image for both kinds of machines, whose program evaluates what it is sent: {@link ask}. It ends on SIGTERM
 * unless `IGNORE_SIGTERM` is set. A damaged one has layers that are not what its config says.
 */
export async function pushRepl(reference: string, isDamaged = false): Promise<void> {
  const base = await readLayout(await baseImage());
  const layer = await fileLayer([{ type: "file", path: "app/main.js", bytes: PROGRAM }], { mtime: 0 });
  const layers = [isDamaged ? { ...layer, diffId: `sha256:${"0".repeat(64)}` } : layer];
  const images = ["arm64", "amd64"].map((architecture) => {
    const platform = { os: "linux", architecture };
    const config = { Cmd: ["/app/main.js"] };
    return makeImage({ platform, base: imageFor(base, platform, "the base image"), layers, config, created: 0 });
  });
  await registry().push(makeIndex(images), parseReference(reference));
}

/** Has such a pod evaluate an expression, and returns its value, or the code of the error that it throws. */
export async function ask({ address }: PodState, expression: string): Promise<unknown> {
  const socket = connect({ host: address, port: 9443, allowHalfOpen: true });
  socket.end(expression);
  const answer = await text(socket);
  if (answer === "") throw new Error(`cannot ask ${address}: the connection was closed`);
  return JSON.parse(answer).value;
}

const PROGRAM = `
const server = require("node:net").createServer({ allowHalfOpen: true }, (socket) => {
  let source = "";
  socket.on("data", (data) => { source += data; });
  socket.on("end", async () => {
    const value = await Promise.resolve().then(() => eval(source)).catch((error) => error.code ?? error.message);
    socket.end(JSON.stringify({ value }));
  });
});
server.listen(9443, () => console.log("listening"));
process.on("SIGTERM", () => { if (!process.env.IGNORE_SIGTERM) process.exit(0); });
`;
