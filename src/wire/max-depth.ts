/**
 * How deep objects and lists may nest within one Struct, on the way in and on the way out: far beyond any Kubernetes
 * object or OpenAPI schema, and a quarter of what Node's stack holds by default. Protobuf's own limits count messages,
 * of which a level of JSON takes two or three (Struct, its map's entry, Value): 10000 in Go, which is what Crossplane
 * reads and writes with; 100 in C++ and in the official TypeScript SDK.
 */
export const MAX_DEPTH = 500;
