/**
 * A value as Kubernetes holds it once it is decoded: an integer that a JavaScript number would round is a `bigint`. Every
 * `number` that is an integer is exact.
 */
export type Json = null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json };
