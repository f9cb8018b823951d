import { type Outcome, type Request } from "../function/index.js";
import { type Resource } from "../resource/resource.js";
import { type Mask, masker } from "../resource/secrets.js";

const requests = new WeakMap<Outcome, Request>();

/** Remembers what an outcome came of, so that what is said of it can be masked. */
export function remember<O extends Outcome>(outcome: O, request: Request): O {
  requests.set(outcome, request);
  return outcome;
}

/** Remembers that an outcome came of the same as another one. */
export function inherit<O extends Outcome>(outcome: O, from: Outcome): O {
  const request = requests.get(from);
  return request ? remember(outcome, request) : outcome;
}

/**
 * A mask of every secret value of an outcome and of what it came of. What stands in clear in the XR, or in what was
 * observed, is none; where it is not known what the outcome came of, every value of a Secret is one.
 */
export function maskOf(outcome: Outcome): Mask {
  const { xr, observed = {}, required = {}, connectionDetails = {} } = requests.get(outcome) ?? {};
  const states = Object.values(observed);
  const resources = states.map(({ resource }) => resource);
  return masker({
    details: [
      connectionDetails,
      outcome.connectionDetails,
      ...states.flatMap(({ connection = {}, binary = {} }) => [connection, binary]),
    ],
    objects: [...resources, ...Object.values(required).flat(), ...Object.values(outcome.resources)],
    clear: [...(xr ? [xr] : []), ...resources] satisfies readonly Resource[],
  });
}
