import { kind } from "../resource/kind.js";
import { type Condition, type ObservedMetadata } from "../resource/resource.js";

interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resourceRef: { readonly name: string };
}

/** Says that an object is in use: Crossplane refuses to delete it while what uses it is there. */
export interface Usage {
  readonly apiVersion: "protection.crossplane.io/v1beta1";
  readonly kind: "Usage";
  readonly metadata?: ObservedMetadata;
  readonly spec: {
    readonly of: Named;
    /** Default: somebody, for the reason. */
    readonly by?: Named;
    readonly reason?: string;
    /** Whether a deletion that was refused is tried again once it may succeed. Default: false. */
    readonly replayDeletion?: boolean;
  };
  readonly status?: { readonly conditions?: readonly Condition[] };
}
export const Usage = kind<Usage>("protection.crossplane.io/v1beta1", "Usage");
