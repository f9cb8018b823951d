import { type Resource } from "../resource/resource.js";
import { dataText, type Mask, masker } from "../resource/secrets.js";
import { type ResourceState, type RunFunctionRequest, type RunFunctionResponse } from "../wire/index.js";

/**
 * A mask of every secret value of a request and of what was answered to it: connection details, credentials, and the data of
 * Secrets. What stands in clear in the XR, or in what is observed, is none.
 */
export function maskOfMessages(request: RunFunctionRequest, responses: readonly RunFunctionResponse[] = []): Mask {
  const { observed, desired, requiredResources, extraResources, credentials } = request;
  const given = [observed?.composite, ...Object.values(observed?.resources ?? {})];
  const states = [
    ...given,
    ...[desired, ...responses.map((response) => response.desired)].flatMap((state) => [
      state?.composite,
      ...Object.values(state?.resources ?? {}),
    ]),
    ...[...Object.values(requiredResources), ...Object.values(extraResources)].flatMap(({ items }) => items),
  ].filter((state) => state !== undefined);
  return masker({
    details: [
      ...states.map(({ connectionDetails }) => textsOf(connectionDetails)),
      ...Object.values(credentials).map(({ credentialData }) => textsOf(credentialData?.data ?? {})),
    ],
    objects: resourcesOf(states),
    clear: resourcesOf(given.filter((state) => state !== undefined)),
  });
}

function textsOf(details: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, string>> {
  const entries = Object.entries(details);
  return Object.fromEntries(entries.map(([key, bytes]) => [key, dataText(Buffer.from(bytes).toString("base64"))]));
}

function resourcesOf(states: readonly ResourceState[]): readonly Resource[] {
  return states.flatMap(({ resource }) => (resource ? [resource as unknown as Resource] : []));
}
