import { type ObservedState } from "../function/index.js";
import { type Resource } from "../resource/resource.js";
import { LazyResource, type ResourceState, type Selection } from "../wire/index.js";
import { detailsOf } from "./details-of.js";

/** What is observed of a resource; decoded once it is read, where its message is. */
export function observedOnWire(state: ResourceState): ObservedState {
  if (state instanceof LazyResource) return new LazilyObserved(state);
  return { resource: state.resource as unknown as Resource, ...detailsOf(state) };
}

class LazilyObserved implements ObservedState {
  readonly #state: LazyResource;
  #details: ReturnType<typeof detailsOf> | undefined;
  /** What was selected last, and by what. */
  #selected: Resource | undefined;
  #selection: Selection | undefined;

  constructor(state: LazyResource) {
    this.#state = state;
  }

  get resource(): Resource {
    return this.#state.resource as unknown as Resource;
  }

  get connection(): Readonly<Record<string, string>> {
    this.#details ??= detailsOf(this.#state);
    return this.#details.connection;
  }

  get binary(): ReturnType<typeof detailsOf>["binary"] {
    this.#details ??= detailsOf(this.#state);
    return this.#details.binary;
  }

  peek(selection: Selection): Resource {
    if (this.#state.isRead) return this.resource;
    if (this.#selected === undefined || selection !== this.#selection) {
      this.#selected = this.#state.peek(selection) as unknown as Resource;
      this.#selection = selection;
    }
    return this.#selected;
  }
}
