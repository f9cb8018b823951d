import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";

/**
 * Starts a server at a port that is free, and resolves once it listens. `ask` is for those that were started with heap-tap.cjs.
 *
 * @param commandAt what to run, with which it listens at that port of 127.0.0.1
 * @param nodeFlags flags for Node, in the place of the command's own. Default: none
 */
export async function start({ name, commandAt }, { nodeFlags = [] } = {}) {
  const port = await freePort();
  const [program, ...args] = await commandAt(port);
  // Of two flags the last counts.
  const own = args.filter((arg) => !nodeFlags.some((flag) => arg.split("=")[0] === flag.split("=")[0]));
  const child = spawn(program, [...nodeFlags, ...own], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const said = [];
  child.stderr.on("data", (chunk) => said.push(chunk));
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  while (!(await isOpen(port))) {
    if (isGone()) throw new Error(`cannot start ${name}: ${Buffer.concat(said).toString().trim()}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return {
    name,
    port,
    pid: child.pid,
    async ask(question) {
      child.send(question);
      const [answer] = await once(child, "message");
      return answer;
    },
    async stop() {
      if (isGone()) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
      .once("connect", () => {
        socket.destroy();
        resolve(true);
      })
      .once("error", () => resolve(false));
  });
}
