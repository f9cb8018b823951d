// Runs a program in a network of its own, in which one port of loopback leads to a socket outside:
//
//   unshare --net node own-network.mjs SOCKET PORT PROGRAM ARGUMENT…
import { execFileSync, spawn } from "node:child_process";
import { connect, createServer } from "node:net";
import { pipeline } from "node:stream";

const [socket, port, program, ...args] = process.argv.slice(2);

execFileSync("ip", ["link", "set", "lo", "up"]);
const server = createServer((inner) => {
  const outer = connect(socket);
  pipeline(inner, outer, inner, () => undefined);
});
server.listen(Number(port), "127.0.0.1", () => {
  const child = spawn("setpriv", ["--pdeathsig", "KILL", program, ...args], { stdio: "inherit" });
  child.on("exit", (code) => process.exit(code ?? 1));
});
