import { join } from "node:path";
import { type ProcessConfig } from "../../../src/xpkg/oci/index.js";
import { type UnpackedImage } from "./images.js";
import { type PodSpec } from "./pod-spec.js";
import { type Container } from "./shim/protocol.js";

/** Where Crossplane calls a function. */
export const PORT = 9443;

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What a pod comes to with its image. Throws for what a kubelet refuses too. `folder` is the pod's own. */
export function containerOf(spec: PodSpec, { root, config }: UnpackedImage, folder: string): Container {
  const { uid, gid } = userOf(spec, config);
  return {
    hostname: spec.name,
    image: root,
    scratch: join(folder, "scratch"),
    argv: argvOf(spec, config),
    env: { PATH, HOME: "/", HOSTNAME: spec.name, ...envOf(config), ...spec.env },
    cwd: spec.workingDir ?? (config.WorkingDir || "/"),
    uid,
    gid,
    readOnly: spec.readOnlyRoot,
    mounts: spec.mounts.map(({ path, volume, readOnly }) => ({
      path,
      source: join(folder, "volumes", volume),
      readOnly,
    })),
    port: PORT,
  };
}

function argvOf({ image, command, args }: PodSpec, config: ProcessConfig): readonly string[] {
  const cmd = command ? [] : (config.Cmd ?? []);
  const argv = [...(command ?? config.Entrypoint ?? []), ...(args ?? cmd)];
  if (argv.length === 0) throw new Error(`cannot run ${image}: it has neither Entrypoint nor Cmd`);
  return argv;
}

function envOf({ Env = [] }: ProcessConfig): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Env.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );
}

/** Root is never let in, whether or not `runAsNonRoot` is said: it would keep its capabilities. */
function userOf({ image, ...spec }: PodSpec, { User = "" }: ProcessConfig): { uid: number; gid: number } {
  const [user = "", group = ""] = User.split(":");
  const uid = spec.uid ?? Number(user || 0);
  const gid = spec.gid ?? Number(group || 0);
  if (Number.isNaN(uid + gid)) throw new Error(`cannot run ${image}: its user ${User} is not a number`);
  if (uid === 0) throw new Error(`cannot run ${image}: it would be root; runAsUser or the image has to say who else`);
  return { uid, gid };
}
