import { type JsonObject } from "../../wire/index.js";

/**
 * How one kind behaves that something outside the cluster takes care of: a provider, most often. All is optional but the
 * kind: what is not said is as of most kinds.
 *
 * A managed resource (one with `spec.forProvider`) is created, observed, updated and deleted as crossplane-runtime's
 * reconciler does it. Of any other kind, `observe` gives the status alone.
 */
export interface StandIn {
  readonly apiVersion: string;
  readonly kind: string;
  /** How long the cloud takes for it, in milliseconds. Default: two seconds to create, none for the rest. */
  readonly takes?: { readonly create?: number; readonly update?: number; readonly delete?: number };
  /**
   * The name in the cloud. Asked only where the annotation crossplane.io/external-name does not say it. `wanted.name` is
   * metadata.name, or the id that the cloud has made up where it names things itself. Default: that.
   */
  externalName?(wanted: Wanted): string;
  /** Whether the name in the cloud is made there, and so is not known before. Default: false. */
  readonly isNamedByCloud?: boolean;
  /** What the provider reports: `status.atProvider`, or `status` of what is no managed resource. Default: the parameters, and `id`. */
  observe?(external: External): JsonObject;
  /** Connection details. Default: none. */
  connection?(external: External): Readonly<Record<string, string>>;
  /** What the cloud chooses where `forProvider` leaves it open. Default: nothing. */
  lateInitialize?(external: External): JsonObject;
  /** What the provider itself writes into `forProvider`, unless it may only observe. Default: nothing. */
  initialize?(wanted: Wanted): JsonObject;
  /** The fields of `forProvider` that cannot be changed. Default: none. */
  readonly immutable?: readonly string[];
  /** What it is a part of, and goes with. Default: nothing. */
  partOf?(wanted: Wanted): Part | undefined;
  /** What the cloud says where somebody else has something of this name. Default: that it exists. */
  taken?(wanted: Wanted): string;
  /**
   * The fields of `forProvider` that are taken from other objects, by the field that refers to them: `bucketRef` at any depth,
   * `rule.destination.bucketRef` at one place.
   */
  readonly references?: Readonly<Record<string, Reference>>;
  /** Why the cloud would not create it, as it says so; undefined if it would. */
  refuseCreate?(wanted: Wanted, cloud: CloudView): string | undefined;
  /** Why the cloud would not give it these parameters, as it says so; undefined if it would. */
  refuseUpdate?(wanted: Wanted, cloud: CloudView): string | undefined;
  /** Why the cloud would not delete it, as it says so; undefined if it would. */
  refuseDelete?(external: External, cloud: CloudView): string | undefined;
  /** Whether deleting the object leaves it in the cloud, as its parameters may say. Default: false. */
  leaves?(external: External): boolean;
}

/** What a managed resource asks for. */
export interface Wanted {
  /** The object, its references resolved. */
  readonly object: JsonObject;
  readonly parameters: JsonObject;
  /** The name in the cloud. */
  readonly name: string;
}

/** Something in the cloud. */
export interface External extends Wanted {
  /** What the cloud has made up for it: deterministic, of 20 capital letters and digits; different for each thing. */
  readonly id: string;
  /** How many things are in it, such as the objects of a bucket. */
  readonly holds: number;
}

/** Something in the cloud, by its name there. */
export interface Part {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** A field that is taken from another object. */
export interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  /** The field of `forProvider` that is written. */
  readonly field: string;
  /** The path of the value in the other object. Default: its external name. */
  readonly from?: readonly string[];
}

/** What is in the cloud. */
export interface CloudView {
  /** What there is of a kind under a name, whoever made it. */
  find(kind: { readonly apiVersion: string; readonly kind: string }, name: string): External | undefined;
  /** All there is of a kind, also what is being made; with `where`, those of which that is so. */
  list(kind: { readonly apiVersion: string; readonly kind: string }, where?: Where): readonly External[];
}

/** What is asked of things in the cloud. The function must be the same one each time: there is an index for each. */
export interface Where {
  by(wanted: Wanted): string;
  readonly is: string;
}
