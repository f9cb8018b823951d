import { type AnyKind } from "../resource/kind.js";
import { type Resource } from "../resource/resource.js";
import { type Mask } from "../resource/secrets.js";
import { type Admission, admitQuickly, explain, type XRD } from "../schema/index.js";
import { definitionFor, isUnknown } from "./any-xr.js";
import { composedCondition, refusedCondition } from "./composed-condition.js";
import {
  type AnyFn,
  type ClaimRef,
  type Composite,
  type Composition,
  type Context,
  type Details,
} from "./define-function.js";
import { Desired } from "./desired.js";
import { isRefused, Refused } from "./fatal.js";
import { grown } from "./grown.js";
import { Holdings } from "./holdings.js";
import { type Asked, Lookups } from "./lookups.js";
import { everyResource } from "./observed-resource.js";
import { type Decision, type Outcome } from "./outcome.js";
import { references, sightings } from "./references.js";
import { type Request } from "./request.js";
import { secretsOf } from "./secrets.js";
import { sendable } from "./sendable.js";
import { sortedRecord } from "./sorted-record.js";
import { reportedStatus, settleStatus } from "./status.js";
import { type Glance, type Sight } from "./tree.js";
import { reveal, unfold } from "./unfold.js";
import { need, Waiting } from "./waiting.js";

type Returned = Composition<XRD, never>;

/**
 * Runs a function: from what is observed to what is desired. The guards live here: what waits is kept, what is forgotten is
 * kept, what cannot be sent is refused, and what is secret is masked in everything that a person reads.
 *
 * @throws Error for a bug of the function, or an XR that it does not compose; what is wrong with the XR itself comes back
 * as a Fatal result
 */
export function settle(fn: AnyFn, request: Request): Outcome {
  const { added, ...decision } = decide(fn, request);
  const { resources, ready, waiting, removed, forgotten, requirements } = decision;
  const copies = [...resources].map(([key, resource]) => [key, sendable(resource, key) as Resource] as const);
  return {
    ...decision,
    resources: sortedRecord(copies),
    ready: sortedRecord(ready),
    waiting: sortedRecord(waiting),
    removed: [...removed].sort(),
    forgotten: [...forgotten].sort(),
    requirements: sortedRecord(requirements),
    context: { ...request.context, ...added },
  };
}

/** The same, for who passes on himself what earlier steps left: it is not read then, unless compose reads it. */
export function decide(fn: AnyFn, request: Request): Decision {
  const mask = secretsOf(request);
  try {
    return new Call(fn, request, mask).decide();
  } catch (error) {
    if (isRefused(error)) return refused(mask(error.message).toWellFormed(), request);
    throw error;
  }
}

class Call {
  readonly #xrd: XRD;
  readonly #claim: ClaimRef | undefined;
  readonly #desired: Desired;
  readonly #lookups: Lookups;
  readonly #sight: Sight<never>;

  constructor(
    readonly fn: AnyFn,
    readonly request: Request,
    readonly mask: Mask,
  ) {
    const { xr } = request;
    this.#xrd = definitionOf(fn, xr);
    this.#claim = claimOf(this.#xrd, xr);
    const holdings = new Holdings(fn, request);
    this.#lookups = new Lookups(request);
    this.#sight = {
      observed: sightings(fn.composes, (path) => holdings.at(path)?.state) as never,
      others: everyResource(request),
      reported: { ...xr.status, ...request.desired?.status },
      need,
    };
    this.#desired = new Desired({
      function: fn.name,
      xr,
      namespace: this.#claim?.namespace,
      group: this.#xrd.group,
      holdings,
    });
  }

  decide(): Decision {
    const desired = this.#desired;
    const returned = reveal<Returned>(() => checked(this.fn, this.fn.compose(this.#context())), this.#sight);
    if (returned instanceof Waiting) desired.place({ path: "", waits: returned.what, leaving: false });
    else for (const leaf of unfold(this.fn.composes, returned.resources, this.#sight)) desired.place(leaf);
    desired.keepForgotten();
    desired.checkNames();
    return this.#decision(returned);
  }

  #context(): Context<unknown, unknown, unknown> {
    const { request } = this;
    const xr = this.#composite(request.xr);
    const input = admitted(admitQuickly(this.fn.input.openapi, request.input ?? {}, "input", "full"));
    const parts: { readonly [Name in keyof Context<unknown, unknown, unknown>]: () => unknown } = {
      xr: () => xr,
      input: () => input,
      context: () => request.context ?? {},
      composed: () => references(this.fn.composes, (path) => this.#desired.name(path)),
      find: () => (kind: AnyKind, selector: Asked) => this.#lookups.find(kind, selector)[0],
      findAll: () => (kind: AnyKind, selector: Asked) => this.#lookups.find(kind, selector),
    };
    return grown(parts, (name) => parts[name as keyof typeof parts]()) as Context<unknown, unknown, unknown>;
  }

  #composite(xr: Resource): Composite<unknown> {
    const claim = this.#claim;
    const name = xr.metadata?.name ?? "";
    return {
      name: claim?.name ?? name,
      namespace: claim?.namespace ?? xr.metadata?.namespace ?? "",
      kind: xr.kind,
      metadata: { ...xr.metadata, name },
      // What already lives must not be wedged by a schema that has tightened since it was admitted.
      spec: admitted(admitQuickly(this.#xrd.spec.openapi, xr.spec ?? {}, "spec", "shape")) as never,
      claim,
    };
  }

  #decision(returned: Returned | Waiting): Decision {
    const { mask } = this;
    const { resources, ready, waiting, removed, forgotten, warnings, complete } = this.#desired;
    const composition: Partial<Returned> = returned instanceof Waiting ? {} : returned;
    const details = this.#details(returned);
    // Before the requirements are read: these may be what asks.
    const status = this.#status(returned);
    const conditions = this.#glance(composition.conditions) ?? [];
    const results = this.#glance(composition.results) ?? [];
    const added =
      composition.context && (sendable(composition.context, "context") as Readonly<Record<string, unknown>>);
    const fatal = results.find(({ severity }) => severity === "Fatal");
    const condition = fatal
      ? refusedCondition(fatal.message)
      : composedCondition(
          sortedRecord(details.waiting ? [...waiting, ["connection details", details.waiting]] : waiting),
          [...forgotten].sort(),
        );
    return {
      resources,
      ready,
      complete: complete && !(details.waiting && Object.keys(details.value).length === 0),
      waiting: new Map([...waiting].map(([path, what]) => [path, mask(what)])),
      removed,
      forgotten,
      requirements: this.#lookups.requirements,
      status,
      connectionDetails: details.value,
      conditions: [...conditions, condition].map((each) => masked(each, mask)),
      results: [...warnings, ...results].map((each) => masked(each, mask)),
      added,
    };
  }

  /** A Secret is replaced as a whole, so what was last published stays while anything is missing. */
  #details(returned: Returned | Waiting): { readonly value: Details; readonly waiting?: string } {
    // What earlier steps desire now is newer than what was published.
    const theirs = this.request.desired?.connectionKeys ?? [];
    const published = Object.entries(this.request.connectionDetails ?? {});
    const before = Object.fromEntries(published.filter(([key]) => !theirs.includes(key)));
    if (returned instanceof Waiting) return { value: before };
    if (returned.connectionDetails && !this.#claim && this.request.xr.metadata?.namespace) {
      throw new Error(
        `cannot publish connection details of ${this.request.xr.kind}: only legacy XRs have them, so compose a Secret`,
      );
    }
    const now = reveal<Details>(returned.connectionDetails ?? {}, this.#sight);
    if (now instanceof Waiting) return { value: before, waiting: now.what };
    return { value: sortedRecord(Object.entries(sendable(now, "connectionDetails") as Details)) };
  }

  #status(returned: Returned | Waiting): object {
    const { openapi } = this.#xrd.status;
    const { status: before } = this.request.xr;
    if (!(returned instanceof Waiting) && returned.status === undefined) return {};
    const now = returned instanceof Waiting ? undefined : this.#glance<unknown>(returned.status);
    if (now === undefined) return omitKeys(reportedStatus(openapi, before), this.request.desired?.status ?? {});
    return sendable(settleStatus(openapi, now, before) ?? {}, "status") as object;
  }

  /** Nothing waits here; a `find` that has to wait is answered in the next call. */
  #glance<T>(value: T | ((glance: Glance<never>) => T)): T | undefined {
    const seen = reveal<T>(value as T, this.#sight);
    return seen instanceof Waiting ? undefined : seen;
  }
}

function refused(message: string, { connectionDetails = {} }: Request): Decision {
  return {
    resources: new Map(),
    ready: new Map(),
    complete: false,
    waiting: new Map(),
    removed: new Set(),
    forgotten: new Set(),
    requirements: new Map(),
    status: {},
    connectionDetails,
    conditions: [refusedCondition(message)],
    results: [{ severity: "Fatal", message, claim: true }],
    added: undefined,
  };
}

function masked<T extends { readonly message?: string }>(item: T, mask: Mask): T {
  return item.message ? { ...item, message: mask(item.message).toWellFormed() } : item;
}

function definitionOf(fn: AnyFn, { apiVersion, kind }: Resource): XRD {
  const found = definitionFor(fn, { apiVersion, kind });
  if (found) return found;
  const definitions = fn.composite as readonly XRD[];
  const known = definitions.map((xrd) => `${xrd.kind} of ${xrd.group}/${xrd.version}`).join(", ");
  throw new Refused(
    `cannot compose ${kind} of ${apiVersion}: ${fn.name} composes ${known}; change compositeTypeRef of the Composition`,
  );
}

/** Only a legacy XR has a claim: it is cluster-scoped, and its XRD, where that is known, offers one. */
function claimOf(xrd: XRD, { spec, metadata }: Resource): ClaimRef | undefined {
  if (metadata?.namespace || !(xrd.claim || isUnknown(xrd))) return undefined;
  return (spec as { readonly claimRef?: ClaimRef } | undefined)?.claimRef;
}

const FIELDS: readonly (keyof Returned)[] = [
  "resources",
  "status",
  "connectionDetails",
  "conditions",
  "results",
  "context",
];

/** Refuses what types cannot: a misspelt field, which would be passed over, and a promise of a composition. */
function checked({ name }: AnyFn, returned: unknown): Returned {
  if (typeof returned !== "object" || returned === null || !("resources" in returned)) {
    throw new Error(`cannot run ${name}: compose must return an object with resources; it cannot be async`);
  }
  const stray = Object.keys(returned).find((key) => !FIELDS.some((field) => field === key));
  if (stray) throw new Error(`cannot run ${name}: compose returned ${stray}; there are ${FIELDS.join(", ")}`);
  return returned as Returned;
}

function admitted({ value, problems }: Pick<Admission, "value" | "problems">): unknown {
  if (problems.length === 0) return value;
  throw new Refused(explain(problems, "; "));
}

function omitKeys(value: object, keys: object): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(keys, key)));
}
