import { type Mask, masker } from "../resource/secrets.js";
import { type Request } from "./request.js";

/** A mask of what is secret in a request: connection details, and the data of Secrets that are observed or were looked up. */
export function secretsOf(request: Request): Mask {
  let mask: Mask | undefined;
  // Most messages are never written, so the values are gathered for the first one that is.
  return (text) => {
    mask ??= maskOf(request);
    return mask(text);
  };
}

function maskOf({ xr, observed, required = {}, connectionDetails = {} }: Request): Mask {
  const states = Object.values(observed);
  const resources = states.map((state) => state.resource);
  return masker({
    details: [connectionDetails, ...states.flatMap(({ connection = {}, binary = {} }) => [connection, binary])],
    objects: [...resources, ...Object.values(required).flat()],
    clear: [xr, ...resources],
  });
}
