/**
 * An enum of proto3, which is open: a peer that is newer than us may send a number that has no name here. Decoding
 * keeps such a number, and encoding sends it back.
 */
type Open<E extends Readonly<Record<string, number>>> = E[keyof E] | (number & {});

/** Whether a resource is ready. Unspecified leaves the verdict to others: Crossplane, or a later function. */
export const Ready = { Unspecified: 0, True: 1, False: 2 } as const;
export type Ready = Open<typeof Ready>;

/** How grave a result is. Fatal ends the pipeline, and nothing that it desired is applied. */
export const Severity = { Unspecified: 0, Fatal: 1, Warning: 2, Normal: 3 } as const;
export type Severity = Open<typeof Severity>;

/** Who is told of a result or condition. Unspecified means the composite resource alone. */
export const Target = { Unspecified: 0, Composite: 1, CompositeAndClaim: 2 } as const;
export type Target = Open<typeof Target>;

/** The status of a condition. Note that the numbers are not those of {@link Ready}. */
export const Status = { Unspecified: 0, Unknown: 1, True: 2, False: 3 } as const;
export type Status = Open<typeof Status>;

/** What the Crossplane that calls us can do. One that predates capabilities sends none at all. */
export const Capability = {
  Unspecified: 0,
  Capabilities: 1,
  RequiredResources: 2,
  Credentials: 3,
  Conditions: 4,
  RequiredSchemas: 5,
} as const;
export type Capability = Open<typeof Capability>;
