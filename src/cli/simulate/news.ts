import { type Happening, type Subject, type What } from "../../simulate/timeline/happening.js";
import { identityOf } from "../../simulate/timeline/identity.js";
import { type Said } from "./words.js";

/** Something that happened and is worth a line. */
export interface News extends Omit<Happening, "what"> {
  readonly what: Said;
}

/**
 * What of a stage is news to somebody who reads it. Left out is what something else of the same moment says as well, and what
 * an XR waits for and has said already. What fails and comes right within the stage, as much does
 * that waits for something else, is only not there yet. What is being deleted need not be ready any more.
 */
export function newsOf(stage: readonly Happening[], isComposite: (subject: Subject) => boolean): readonly News[] {
  return retried(fresh(withoutEchoes(withoutThroes(withoutEvents(stage)))), isComposite).map((each) =>
    inUse(each, stage),
  );
}

/** What fails is an event too. */
function withoutEvents(stage: readonly Happening[]): readonly Happening[] {
  const keyOf = ({ at, object }: Happening, message: string) => JSON.stringify([at, identityOf(object), message]);
  const failed = new Set(stage.flatMap((each) => (each.what === "failed" ? [keyOf(each, each.message ?? "")] : [])));
  const eventOf = ({ message = "" }: Happening) => message.replace(/^(Normal|Warning) \w+: /, "");
  return stage.filter((each) => each.what !== "said" || !failed.has(keyOf(each, eventOf(each))));
}

/** What is being deleted fails and is not ready, as a matter of course; that it is held is said otherwise. */
function withoutThroes(stage: readonly Happening[]): readonly Happening[] {
  const leaving = new Set<string>();
  return stage.filter(({ what, object }) => {
    const id = identityOf(object);
    if (what === "deleting") leaving.add(id);
    if (what === "created" || what === "deleted") leaving.delete(id);
    return !(leaving.has(id) && (what === "unready" || what === "failed" || what === "recovered"));
  });
}

/** What a Usage says of who uses it, in terms of the XR. */
function inUse(news: News, stage: readonly Happening[]): News {
  const [, kind, name] = USED.exec(news.what === "held" ? (news.message ?? "") : "") ?? [];
  if (name === undefined) return news;
  const user = stage.find(({ object }) => object.kind === kind && object.name === name)?.object;
  return { ...news, message: `in use by ${user?.resource ?? `${kind} ${name}`}` };
}

/** As Crossplane words it. */
const USED = /This resource is in-use by .* by resource ([^/\s]+)\/(\S+?)\.?$/s;

function withoutEchoes(stage: readonly Happening[]): readonly Happening[] {
  const keys = new Set(stage.map(({ at, what, object }) => JSON.stringify([at, what, identityOf(object)])));
  return stage.filter(({ at, what, object }) => {
    const echoed = ECHOES.get(what) ?? [];
    return !echoed.some((other) => keys.has(JSON.stringify([at, other, identityOf(object)])));
  });
}

/** What is no news beside one of these. */
const ECHOES: ReadonlyMap<What, readonly What[]> = new Map([
  ["made", ["ready"]],
  ["removed", ["deleted"]],
  ["deleting", ["deleted", "deletion asked"]],
]);

/** Of what is waited for only what the same object has not said before, nor for a claim the XR that it has bound. */
function fresh(happenings: readonly Happening[]): readonly Happening[] {
  const said = new Map<string, ReadonlySet<string>>();
  return happenings.flatMap((happening): readonly Happening[] => {
    const { what, object, message = "" } = happening;
    if (what !== "waiting") return [happening];
    // Crossplane's own list of what is not ready yet says what the other lines say.
    if (message.startsWith("Unready resources: ")) return [];
    const id = identityOf(object);
    const known = said.get(id) ?? new Set();
    const bound = happenings.filter((each) => isBound(each.object, object)).flatMap((each) => partsOf(each));
    const parts = partsOf(happening).filter((part) => !known.has(part) && !bound.includes(part));
    said.set(id, new Set([...known, ...parts]));
    return parts.length > 0 ? [{ ...happening, message: parts.join("; ") }] : [];
  });
}

function partsOf({ what, message = "" }: Happening): readonly string[] {
  return what === "waiting" ? message.split("; ") : [];
}

/** Whether it is the XR of a claim, which is named after it and of no namespace. */
function isBound(xr: Subject, claim: Subject): boolean {
  return xr.namespace === "" && claim.namespace !== "" && xr.name.startsWith(`${claim.name}-`);
}

/** A stage, in which what failed and came right is said to be not there yet; of an XR it stays a failure. */
export function retried(happenings: readonly Happening[], isComposite: (subject: Subject) => boolean): readonly News[] {
  const last = new Map<string, number>();
  for (const [index, { what, object }] of happenings.entries()) {
    if (RIGHT.has(what)) last.set(identityOf(object), index);
  }
  return happenings.flatMap((happening, index): readonly News[] => {
    const { what, object, message = "" } = happening;
    const comesRight = (last.get(identityOf(object)) ?? -1) > index;
    if (isComposite(object) || !comesRight) return [happening];
    // That it is ready says so as well.
    if (what === "recovered") return [];
    return [what === "failed" ? { ...happening, what: "not yet", message: cause(message) } : happening];
  });
}

const RIGHT: ReadonlySet<What> = new Set(["ready", "recovered", "deleted"]);

/** What lies behind an error: what stands after the last colon. */
function cause(message: string): string {
  return message.split(": ").at(-1) ?? message;
}
