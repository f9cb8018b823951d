import { type JsonObject } from "../../../src/wire/index.js";
import { ApiError } from "../api-error.js";
import { type ApiAddress, type ApiRequest, type Transport, transport } from "../transport.js";
import { type Cluster, type Outcome } from "./cluster.js";

/** A cluster that is a real API server. */
export class RealCluster implements Cluster {
  readonly #send: Transport;

  constructor(address: ApiAddress) {
    this.#send = transport(address);
  }

  get(object: JsonObject): Promise<Outcome> {
    return this.#outcome("GET", pathOf(object), {});
  }

  create(object: JsonObject, manager: string): Promise<Outcome> {
    return this.#outcome("POST", collectionOf(object), { query: { fieldManager: manager }, body: object });
  }

  update(object: JsonObject, manager: string, subresource?: "status"): Promise<Outcome> {
    const path = pathOf(object) + (subresource ? `/${subresource}` : "");
    return this.#outcome("PUT", path, { query: { fieldManager: manager }, body: object });
  }

  apply(object: JsonObject, manager: string, subresource?: "status"): Promise<Outcome> {
    const path = pathOf(object) + (subresource ? `/${subresource}` : "");
    const query = { fieldManager: manager, force: "true" };
    return this.#outcome("PATCH", path, { query, body: object, contentType: "application/apply-patch+yaml" });
  }

  delete(object: JsonObject, propagationPolicy: string | undefined): Promise<Outcome> {
    return this.#outcome("DELETE", pathOf(object), { query: { propagationPolicy } });
  }

  async #outcome(method: ApiRequest["method"], path: string, more: Partial<ApiRequest>): Promise<Outcome> {
    try {
      const answer = await this.#send({ method, path, ...more });
      return { object: answer as JsonObject };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { refused: error.reason, message: error.message, code: error.code };
    }
  }
}

function pathOf(object: JsonObject): string {
  return `${collectionOf(object)}/${String((object["metadata"] as JsonObject)["name"])}`;
}

function collectionOf({ apiVersion, kind }: JsonObject): string {
  const root = String(apiVersion).includes("/") ? "apis" : "api";
  return `/${root}/${String(apiVersion)}/namespaces/default/${String(kind).toLowerCase()}s`;
}
