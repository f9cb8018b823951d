import { deepStrictEqual } from "node:assert";
import { RunFunctionResponse } from "@crossplane-org/function-sdk-typescript";

/**
 * Has each server answer a request, and gives the responses by name.
 *
 * @throws Error where one of them, decoded by the SDK's own code, is not what the first answers: what is desired and
 * whether it is ready, results, conditions, context, requirements and meta
 */
export async function agree(load, servers, { file }) {
  const responses = {};
  for (const server of servers) responses[server.name] = await load.call(server, file);
  const [[first, expected], ...others] = Object.entries(responses);
  for (const [name, response] of others) {
    try {
      deepStrictEqual(decoded(response), decoded(expected));
    } catch (error) {
      throw new Error(`cannot compare: ${name} and ${first} answer differently: ${error.message}`);
    }
  }
  const { results, desired } = decoded(expected);
  if (Object.keys(desired.resources).length === 0) throw new Error(`cannot compare: nothing is composed: ${results}`);
  return responses;
}

function decoded(response) {
  return RunFunctionResponse.toJSON(RunFunctionResponse.decode(response));
}
