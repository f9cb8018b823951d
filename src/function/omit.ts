/** Leaves an optional field out: `prefix: spec.prefix ?? omit`. */
export const omit = undefined as never;
