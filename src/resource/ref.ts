/**
 * A reference to an object of one kind, as Crossplane's managed resources spell it.
 * `K` is `<group>.<Kind>` with the group's first label, such as `s3.Bucket`, and exists in types alone: a bare
 * `{ name: "x" }` refers to anything.
 */
export interface Ref<K extends string = string> {
  readonly name: string;
  readonly namespace?: string;
  readonly policy?: { readonly resolution?: "Required" | "Optional"; readonly resolve?: "Always" | "IfNotPresent" };
  readonly "~kind"?: K;
}

/** Selects the object that a reference should name, by labels or by its controller. */
export interface Selector {
  readonly matchControllerRef?: boolean;
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly namespace?: string;
  readonly policy?: { readonly resolution?: "Required" | "Optional"; readonly resolve?: "Always" | "IfNotPresent" };
}

/** One key of a Secret. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
  readonly namespace?: string;
}
