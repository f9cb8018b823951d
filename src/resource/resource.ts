/** Object metadata, as far as an author writes it. */
export interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Object metadata as the API server returns it. */
export interface ObservedMetadata extends Metadata {
  readonly uid?: string;
  readonly generation?: number;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** Who owns which fields (server-side apply). */
export interface ManagedFieldsEntry {
  readonly manager: string;
  readonly operation: string;
  readonly apiVersion: string;
  readonly subresource?: string;
  readonly fieldsType?: string;
  readonly fieldsV1?: FieldsV1;
}

/** A set of fields: `f:name`, `k:{"key":"value"}` or `v:value` to what is below; `.` stands for the place itself. */
export interface FieldsV1 {
  readonly [key: string]: FieldsV1;
}

/** A status condition, in the shape that Kubernetes and Crossplane share. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** Any Kubernetes object, as far as the toolkit has to know it. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: ObservedMetadata;
  readonly spec?: object;
  readonly status?: { readonly conditions?: readonly Condition[] };
}
