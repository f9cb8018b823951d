/** What a reconcile says about an XR. */
export interface Event {
  /** Empty where a function said a severity that Crossplane does not know. */
  readonly type: "Normal" | "Warning" | "";
  readonly reason: string;
  readonly message: string;
}

/** The reason of what is said about composing, where a function gives none. */
export const COMPOSE_RESOURCES = "ComposeResources";
