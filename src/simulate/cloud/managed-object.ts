import { type Condition, withConditions } from "../../render/conditions.js";
import { annotationsOf, valueAt, withTexts, withValue } from "../../render/unstructured.js";
import { equal } from "../../schema/json.js";
import { type JsonObject } from "../../wire/index.js";
import { isApiError } from "../api/api-error.js";
import { type Client } from "../api/client.js";

/** The field manager of all that providers write. */
export const PROVIDER = "provider";

export interface ManagedObjectOptions {
  readonly client: Client;
  /** The time as Kubernetes writes it. */
  time(): string;
  /** Whether what is written of the status is nothing, as when a provider blanks it. */
  isBlank(object: JsonObject): boolean;
}

/** What is known of a managed resource during one reconcile. Nothing is written that is there already. */
export class ManagedObject {
  readonly #options: ManagedObjectOptions;
  #object: JsonObject;
  #conditions: readonly Condition[] = [];
  #atProvider: JsonObject | undefined;

  constructor(object: JsonObject, options: ManagedObjectOptions) {
    this.#object = object;
    this.#options = options;
  }

  /** As it was last read or written. */
  get object(): JsonObject {
    return this.#object;
  }

  get isDeleted(): boolean {
    return typeof valueAt(this.#object, ["metadata", "deletionTimestamp"]) === "string";
  }

  /** Writes all but the status. */
  async write(next: JsonObject): Promise<void> {
    if (equal(next, this.#object)) return;
    this.#object = await this.#options.client.update(next, { manager: PROVIDER });
  }

  /**
   * Writes annotations, if need be over what somebody else has written meanwhile: what they say would be lost. Tries as
   * often as UpdateCriticalAnnotations of crossplane-runtime does.
   */
  async annotate(annotations: Readonly<Record<string, string>>, reread: () => Promise<JsonObject | undefined>) {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.write(withTexts(this.#object, "annotations", annotations));
        return;
      } catch (error) {
        const fresh = isApiError(error, "Conflict") && attempt < ATTEMPTS ? await reread() : undefined;
        if (!fresh) throw error;
        this.#object = fresh;
      }
    }
  }

  annotation(name: string): string {
    return annotationsOf(this.#object)[name] ?? "";
  }

  /** Sets conditions, which {@link writeStatus} writes. */
  mark(...conditions: readonly Omit<Condition, "lastTransitionTime">[]): this {
    const generation = valueAt(this.#object, ["metadata", "generation"]);
    const marked = conditions.map((condition) => ({
      ...condition,
      lastTransitionTime: this.#options.time(),
      ...(typeof generation === "number" && { observedGeneration: generation }),
    }));
    const types = marked.map(({ type }) => type);
    this.#conditions = [...this.#conditions.filter(({ type }) => !types.includes(type)), ...marked];
    return this;
  }

  /** Sets `status.atProvider`, which {@link writeStatus} writes. */
  report(atProvider: JsonObject): this {
    this.#atProvider = atProvider;
    return this;
  }

  async writeStatus(): Promise<void> {
    const reported =
      this.#atProvider === undefined
        ? this.#object
        : withValue(this.#object, ["status", "atProvider"], this.#atProvider);
    const next = this.#options.isBlank(this.#object)
      ? { ...this.#object, status: {} }
      : withConditions(reported, this.#conditions);
    if (equal(next["status"], this.#object["status"])) return;
    this.#object = await this.#options.client.update(next, { manager: PROVIDER, subresource: "status" });
  }
}

/** client-go's retry.DefaultRetry. */
const ATTEMPTS = 5;

type Said = Omit<Condition, "lastTransitionTime">;

const ready = (status: string, reason: string): Said => ({ type: "Ready", status, reason });

export const AVAILABLE = ready("True", "Available");
export const UNAVAILABLE = ready("False", "Unavailable");
export const CREATING = ready("False", "Creating");
export const DELETING = ready("False", "Deleting");
export const SUCCESS: Said = { type: "Synced", status: "True", reason: "ReconcileSuccess" };
export const PAUSED: Said = { type: "Synced", status: "False", reason: "ReconcilePaused" };

export function failure(message: string): Said {
  return { type: "Synced", status: "False", reason: "ReconcileError", message };
}
