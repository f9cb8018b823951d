/** What a reconcile says about an XR. */
export interface Event {
  /** Empty where a function said a severity that Crossplane does not know. */
  readonly type: "Normal" | "Warning" | "";
  readonly reason: string;
  readonly message: string;
}

/** What is said of an XR, and perhaps of its claim. */
export interface Said {
  readonly event: Event;
  /** What is said of the claim. Default: nothing. */
  readonly forClaim?: Event;
}

/** The reason of what is said about composing, where a function gives none. */
export const COMPOSE_RESOURCES = "ComposeResources";

export function normal(reason: string, message: string): Event {
  return { type: "Normal", reason, message };
}

export function warning(reason: string, message: string): Event {
  return { type: "Warning", reason, message };
}
