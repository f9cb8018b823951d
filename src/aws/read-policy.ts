/** A statement as it was read, of whoever made it: lists throughout, and what is absent is an empty list. */
export interface ReadStatement {
  /** Its Sid, or its number, counted from 1. */
  readonly label: string | number;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly ReadPrincipal[];
  readonly conditions: readonly ReadCondition[];
  /** NotAction, NotResource and NotPrincipal, with what each one names. */
  readonly inverted: readonly ElementValue[];
}

export interface ReadPrincipal {
  /** AWS, Service or Federated; `*` where the element is that alone. */
  readonly type: string;
  readonly value: string;
}

export interface ReadCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface ElementValue {
  /** Such as `Action` or `Condition StringEquals aws:SourceAccount`. */
  readonly field: string;
  readonly value: string;
}

/**
 * Reads a policy document, as text or as what was read from it. Throws if it is none, or holds an element that AWS
 * does not know: a statement that is misread can be no safer than it looks.
 */
export function readPolicy(document: string | object): readonly ReadStatement[] {
  const { Version, Statement, Id: _, ...rest } = record(typeof document === "string" ? json(document) : document, "it");
  refuseOthers(rest, "it");
  if (Version !== "2012-10-17") {
    throw new Error(
      `Version ${JSON.stringify(Version)} is not "2012-10-17", without which variables are read literally`,
    );
  }
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  if (statements.length === 0) throw new Error("Statement is empty: write one at least");
  return statements.map((statement: unknown, index) => readStatement(statement, index + 1));
}

function readStatement(given: unknown, number: number): ReadStatement {
  const name = `statement ${number}`;
  const {
    Sid,
    Effect,
    Action,
    Resource,
    Principal,
    Condition = {},
    NotAction,
    NotResource,
    NotPrincipal,
    ...rest
  } = record(given, name);
  refuseOthers(rest, name);
  if (Effect !== "Allow" && Effect !== "Deny") {
    throw new Error(`${name} has the Effect ${JSON.stringify(Effect)}: write Allow or Deny`);
  }
  if (Action === undefined && NotAction === undefined) throw new Error(`${name} has no Action`);
  return {
    label: typeof Sid === "string" && Sid !== "" ? Sid : number,
    effect: Effect,
    actions: strings(Action, `${name} Action`),
    resources: strings(Resource, `${name} Resource`),
    principals: principals(Principal, `${name} Principal`),
    conditions: Object.entries(record(Condition, `${name} Condition`)).flatMap(([operator, keys]) =>
      Object.entries(record(keys, `${name} Condition ${operator}`)).map(([key, values]) => ({
        operator,
        key,
        values: strings(values, `${name} Condition ${operator} ${key}`),
      })),
    ),
    inverted: [
      ...strings(NotAction, `${name} NotAction`).map((value) => ({ field: "NotAction", value })),
      ...strings(NotResource, `${name} NotResource`).map((value) => ({ field: "NotResource", value })),
      ...principals(NotPrincipal, `${name} NotPrincipal`).map(({ value }) => ({ field: "NotPrincipal", value })),
    ],
  };
}

/** IAM reads condition keys without regard to case. */
export function sameKey(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function principals(given: unknown, name: string): readonly ReadPrincipal[] {
  if (given === undefined) return [];
  if (typeof given === "string") return [{ type: "*", value: given }];
  return Object.entries(record(given, name)).flatMap(([type, values]) =>
    strings(values, `${name} ${type}`).map((value) => ({ type, value })),
  );
}

function strings(given: unknown, name: string): readonly string[] {
  if (given === undefined) return [];
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (values.length === 0) throw new Error(`${name} is empty: name something or leave it out`);
  return values.map((value) => {
    if (["string", "boolean", "number"].includes(typeof value)) return String(value);
    throw new Error(`${name} holds ${JSON.stringify(value)}: write text`);
  });
}

function record(given: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return { ...given };
  throw new Error(`${name} is not a JSON object`);
}

function refuseOthers(others: Readonly<Record<string, unknown>>, name: string): void {
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Error(`${name} has the element ${JSON.stringify(other)}, which AWS does not know`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error("it is not JSON", { cause });
  }
}
