import { type JsonObject } from "../wire/index.js";
import { because, refusalOf } from "./refusal.js";

/** A part of a reconcile, and how Crossplane says that it failed (the error strings of composite/reconciler.go). */
export interface Phase {
  /** The reason of the event. Default: there is none. */
  readonly reason?: string;
  readonly failed: string;
}

/** A reconcile ended before its time: the cause says why. */
export class Unreconciled extends Error {
  override readonly name = "Unreconciled";
  readonly phase: Phase;
  /** The object that was reconciled, as it was known then. */
  readonly object: JsonObject;

  constructor(phase: Phase, object: JsonObject, cause: unknown) {
    super(because(phase.failed, cause).message, { cause });
    this.phase = phase;
    this.object = object;
  }

  /** Whether somebody else wrote in between, so that it is tried again and nothing is said. */
  get isConflict(): boolean {
    return refusalOf(this.cause) === "Conflict";
  }
}

/** Does a part of a reconcile of an object. */
export async function during<T>(phase: Phase, object: JsonObject, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw new Unreconciled(phase, object, cause);
  }
}
