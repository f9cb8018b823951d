import { type GVK, typeOf } from "../../../src/render/unstructured.js";
import { type Resource } from "../../../src/resource/resource.js";
import { type ApiErrorReason, ApiError as Refusal } from "../../../src/simulate/api/api-error.js";
import { type Client, type DeleteOptions, type WriteOptions } from "../../../src/simulate/api/client.js";
import { type JsonObject } from "../../../src/wire/index.js";
import { ApiError } from "../../cluster/api-error.js";
import { type Client as ApiClient } from "../../cluster/client.js";

/** A real API server, as the controllers of simulate write to theirs. */
export function realClient(client: ApiClient): Client {
  return {
    get: (gvk, namespace, name) =>
      refusing(async () => object(await client.find({ ...typeOfKind(gvk), metadata: { name, namespace } }))),
    list: (gvk, namespace, labels) =>
      refusing(async () => {
        const found = await client.list(typeOfKind(gvk), {
          ...(namespace && { namespace }),
          ...(labels && { labels }),
        });
        return found.map((each) => each as unknown as JsonObject);
      }),
    create: (made, { manager }) => refusing(async () => written(await client.create(resource(made), { manager }))),
    update: (changed, { manager, subresource }: WriteOptions) =>
      refusing(async () =>
        written(await client.replace(resource(changed), { manager, ...(subresource && { subresource }) })),
      ),
    apply: (intent, { manager }) => refusing(async () => written(await client.apply(resource(intent), { manager }))),
    delete: (target, { propagation, uid }: DeleteOptions = {}) =>
      refusing(() =>
        client.delete({ ...typeOf(target), metadata: resource(target).metadata ?? {} } as Resource, {
          ...(propagation && { propagation }),
          ...(uid !== undefined && { uid }),
        }),
      ),
  };
}

const typeOfKind = ({ group, version, kind }: GVK) => ({
  apiVersion: group === "" ? version : `${group}/${version}`,
  kind,
});

const resource = (value: JsonObject) => value as unknown as Resource;
const written = (value: Resource) => value as unknown as JsonObject;
const object = (value: Resource | undefined) => value as unknown as JsonObject | undefined;

const REASONS: readonly string[] = [
  "NotFound",
  "AlreadyExists",
  "Conflict",
  "Invalid",
  "Forbidden",
  "BadRequest",
] satisfies readonly ApiErrorReason[];

/** A refusal in the words of the controllers, which know no status codes. */
async function refusing<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = REASONS.includes(error.reason) ? (error.reason as ApiErrorReason) : "InternalError";
    throw new Refusal(reason, error.message);
  }
}
