/** What V8 makes of a program, so that it need not do so at each start. */
export interface CachedData {
  readonly bytes: Uint8Array;
  /** The version of the Node that made it, such as `v24.11.0`. Another one compiles the program anew. */
  readonly node: string;
}
