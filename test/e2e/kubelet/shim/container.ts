import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { childrenOf } from "../processes.js";
import { isListening } from "./listening.js";
import { type Container, type Ending } from "./protocol.js";
import { assembleRoot } from "./root.js";

export interface ContainerEvents {
  /** Called each time that it begins, or ceases, to listen. */
  onReady(ready: boolean): void;
  onEnd(ending: Ending): void;
}

/**
 * Starts the process of a container as pid 1 of its root: its user, no capability, none to be had, loopback only. Returns
 * what ends it: SIGTERM, then SIGKILL after these seconds. Throws if it cannot be started.
 */
export function run(container: Container, { onReady, onEnd }: ContainerEvents): (graceSeconds: number) => void {
  execFileSync("ip", ["link", "set", "lo", "up"]);
  writeFileSync("/proc/sys/kernel/hostname", container.hostname);
  const child = start(container, assembleRoot(container));
  const endWatch = watchReadiness(container.port, onReady);
  let asked = false;
  let late = false;
  let timer: NodeJS.Timeout | undefined;
  const wasKilled = watchForKill(child);
  child.on("close", (code, signal) => {
    clearTimeout(timer);
    endWatch();
    onEnd({ ...(wasKilled() ? { code: null, signal: "SIGKILL" } : { code, signal }), asked, late });
  });
  return (graceSeconds) => {
    if (asked) return;
    asked = true;
    signal(child, "SIGTERM");
    timer = setTimeout(() => {
      late = true;
      signal(child, "SIGKILL");
    }, graceSeconds * 1000);
  };
}

function start({ argv, env, cwd, uid, gid }: Container, root: string): ChildProcess {
  const confine = ["--no-new-privs", "--inh-caps=-all"];
  const enter = ["--pid", "--fork", "--mount-proc", `--root=${root}`, `--wd=${cwd}`];
  const become = [`--setgid=${gid}`, `--setuid=${uid}`];
  // By full path, since the PATH is that of the image.
  return spawn("/usr/bin/setpriv", [...confine, "/usr/bin/unshare", ...enter, ...become, "--", ...argv], {
    env,
    stdio: ["ignore", "inherit", "pipe"],
  });
}

/**
 * Passes on what the process and unshare have to say. unshare ends by the signal that ended the process, except for
 * SIGKILL, at which it complains and exits with 1.
 */
function watchForKill({ stderr }: ChildProcess): () => boolean {
  let end = "";
  stderr?.on("data", (data: Buffer) => {
    process.stderr.write(data);
    end = (end + data.toString("latin1")).slice(-COMPLAINT_LENGTH);
  });
  return () => /unshare: sig\w+ (unblock )?failed: Invalid argument\n$/.test(end);
}

const COMPLAINT_LENGTH = 100;

/** To the process itself, once there is one: unshare, which waits for it, ignores SIGTERM. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  const [pid = child.pid] = childrenOf(child.pid ?? 0);
  if (pid !== undefined) process.kill(pid, name);
}

/** Looks often until something listens, and now and then afterwards. Returns what ends it. */
function watchReadiness(port: number, onReady: (ready: boolean) => void): () => void {
  let ready = false;
  let timer: NodeJS.Timeout;
  const look = () => {
    const now = isListening(port);
    if (now !== ready) onReady(now);
    ready = now;
    timer = setTimeout(look, ready ? 500 : 20);
  };
  look();
  return () => clearTimeout(timer);
}
