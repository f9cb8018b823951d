import { type Base64 } from "../resource/base64.js";
import { type Resource } from "../resource/resource.js";

/** A request, free of the wire. */
export interface Request {
  readonly xr: Resource;
  /** What the Composition's step says. Default: nothing. */
  readonly input?: unknown;
  /** What the XR composes now, by composition resource name. */
  readonly observed: Readonly<Record<string, ObservedState>>;
  /** What earlier steps of the pipeline desire. Default: nothing. */
  readonly desired?: {
    readonly status?: object;
    readonly resources?: Readonly<Record<string, unknown>>;
    /** Of those of `resources` of which their steps say it, whether they are of use. Default: of none. */
    readonly ready?: Readonly<Record<string, boolean>>;
    /** The keys of connection details that they desire for the XR. Default: none. */
    readonly connectionKeys?: readonly string[];
  };
  /** An entry for each requirement that was looked up, found or not, by its name. Default: none. */
  readonly required?: Readonly<Record<string, readonly Resource[]>>;
  /** What earlier steps of the pipeline left. Default: nothing. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Of a legacy XR, as last published. Default: none. */
  readonly connectionDetails?: Readonly<Record<string, string>>;
}

export interface ObservedState {
  /** Perhaps made only once it is read. */
  readonly resource: Resource;
  /** Connection details, as text. Default: none. */
  readonly connection?: Readonly<Record<string, string>>;
  /** Connection details that are no text. Default: none. */
  readonly binary?: Readonly<Record<string, Base64>>;
  /** Of the resource what is selected, and perhaps more, without making the rest of it. Default: all of it is made. */
  peek?(selection: Selection): Resource;
}

/** Which fields of an object are wanted: the whole of one for `true`; of a list the same of each item. */
export interface Selection {
  readonly [field: string]: Selection | true;
}

/** Objects that Crossplane is asked to look up: by name, or by labels. */
export interface Requirement {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly namespace?: string;
}
