import { deepStrictEqual } from "node:assert";
import { RunFunctionResponse } from "@crossplane-org/function-sdk-typescript";

/**
 * Has each server answer some requests, and gives the first response of each by name.
 *
 * @throws Error where one of them, decoded by the SDK's own code, is not what the first server answers (what is desired and
 * whether it is ready, results, conditions, context, requirements and meta), or where the requests' responses differ in length
 */
export async function agree(load, servers, { files }) {
  const [expected, ...others] = servers;
  const responses = {};
  for (const file of files) {
    const response = await load.call(expected, file);
    const wanted = decoded(response);
    if (Object.keys(wanted.desired.resources).length === 0) throw new Error("cannot compare: nothing is composed");
    keep(expected, response);
    for (const server of others) {
      const other = await load.call(server, file);
      keep(server, other);
      try {
        deepStrictEqual(decoded(other), wanted);
      } catch (error) {
        throw new Error(`cannot compare: ${server.name} and ${expected.name} answer differently: ${error.message}`);
      }
    }
  }
  return responses;

  function keep({ name }, response) {
    responses[name] ??= response;
    if (responses[name].length === response.length) return;
    throw new Error(`cannot compare: responses of ${name} have ${responses[name].length} and ${response.length} bytes`);
  }
}

function decoded(response) {
  return RunFunctionResponse.toJSON(RunFunctionResponse.decode(response));
}
