import { dockerCredentials, type Registry, registry } from "../../xpkg/oci/index.js";
import { type IO } from "../io.js";

/** A client of registries with the credentials that `docker login` or `podman login` left for this user. */
export function registryOf({ env }: Pick<IO, "env">): Registry {
  const home = env["HOME"] ?? env["USERPROFILE"];
  return registry({ credentials: dockerCredentials({ env, ...(home !== undefined && { home }) }) });
}
