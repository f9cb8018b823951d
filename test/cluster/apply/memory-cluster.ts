import { definitions } from "../../../src/admission/index.js";
import { gvkOf, nameOf } from "../../../src/render/unstructured.js";
import { celRules } from "../../../src/schema/cel-rules.js";
import { ApiError } from "../../../src/simulate/api/api-error.js";
import { ApiServer } from "../../../src/simulate/api/api-server.js";
import { type Propagation } from "../../../src/simulate/api/client.js";
import { type JsonObject } from "../../../src/wire/index.js";
import { type Cluster, type Outcome } from "./cluster.js";

/** A cluster that is the API server in memory. */
export class MemoryCluster implements Cluster {
  readonly #server: ApiServer;
  #uids = 0;

  constructor(crds: readonly object[]) {
    this.#server = new ApiServer({
      now: () => new Date().toISOString().replace(/\.\d+/, ""),
      uid: () => `uid-${this.#uids++}`,
      definitions: definitions(crds.map((object) => ({ object, from: "a test" }))),
      rules: celRules,
    });
  }

  get(object: JsonObject): Outcome {
    const found = this.#server.get(gvkOf(object), "default", nameOf(object));
    return found ? { object: found } : { refused: "NotFound", message: "not found" };
  }

  create(object: JsonObject, manager: string): Outcome {
    return outcome(() => this.#server.create(object, { manager }));
  }

  update(object: JsonObject, manager: string, subresource?: "status"): Outcome {
    return outcome(() => this.#server.update(object, { manager, ...(subresource && { subresource }) }));
  }

  apply(object: JsonObject, manager: string, subresource?: "status"): Outcome {
    return outcome(() => this.#server.apply(object, { manager, ...(subresource && { subresource }) }));
  }

  delete(object: JsonObject, propagation: Propagation | undefined): Outcome {
    return outcome(() => {
      this.#server.delete(object, propagation && { propagation });
      return {};
    });
  }
}

function outcome(act: () => JsonObject): Outcome {
  try {
    return { object: act() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { refused: error.reason, message: error.message };
  }
}
