/** One value or several, in no order. */
export type OneOrMore = string | readonly string[];

/** Whom a statement is about: everyone, or principals by type. */
export type Principal =
  | "*"
  | { readonly AWS?: OneOrMore; readonly Service?: OneOrMore; readonly Federated?: OneOrMore };

/** By operator, such as StringEquals, then by condition key: the values, any of which will do. */
export type Condition = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;

/** A statement of a policy, in the elements that the toolkit uses (IAM User Guide, JSON policy elements). */
export interface Statement {
  /** Letters and digits; unique in its document. */
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  /** In trust and bucket policies alone. */
  readonly Principal?: Principal;
  readonly Action: OneOrMore;
  /** In managed and bucket policies alone. */
  readonly Resource?: OneOrMore;
  readonly Condition?: Condition;
}

/** What a document is for: an identity's permissions, who may assume a role, or who may use a bucket. */
export type PolicyUse = "managed" | "trust" | "bucket";

/**
 * A policy document as JSON. Statements that mean the same give the same bytes, so that nothing is updated for the sake
 * of an order: elements stand in AWS's order, condition operators and keys are sorted, and lists are sorted without
 * repetition. A list of one becomes that one, as S3 itself returns it. Statements keep the order they are given in.
 *
 * Characters beyond ASCII are escaped, since IAM takes none above U+00FF. Throws if a statement lacks what its use
 * needs or the document is longer than AWS takes.
 */
export function policyDocument(statements: readonly Statement[], use: PolicyUse = "managed"): string {
  const problem = statements.length === 0 ? "it has no statement" : statementsProblem(statements, use);
  if (problem) throw new Error(`cannot write a ${use} policy: ${problem}`);
  const document = { Version: "2012-10-17", Statement: statements.map(canonical) };
  const text = JSON.stringify(document).replace(/[^\x20-\x7e]/g, escaped);
  const tooLong = policySizeProblem(text, use);
  if (tooLong) throw new Error(`cannot write a ${use} policy: ${tooLong}`);
  return text;
}

/** What is wrong with the size of a document, or undefined. IAM does not count white space; S3 counts bytes. */
export function policySizeProblem(text: string, use: PolicyUse): string | undefined {
  const size = use === "bucket" ? Buffer.byteLength(text) : text.replace(SPACE, "$1").length;
  const limit = LIMITS[use];
  if (size <= limit) return undefined;
  return `it has ${size} characters and AWS takes ${limit}; grant less, shorten what is named in it, or split it in two`;
}

/** White space, and what it is skipped in: strings, which are kept. */
const SPACE = /("(?:[^"\\]|\\.)*")|\s+/g;

const LIMITS: Readonly<Record<PolicyUse, number>> = { managed: 6_144, trust: 2_048, bucket: 20_480 };

const NEEDS: Readonly<Record<PolicyUse, { readonly Principal: boolean; readonly Resource: boolean }>> = {
  managed: { Principal: false, Resource: true },
  trust: { Principal: true, Resource: false },
  bucket: { Principal: true, Resource: true },
};

function statementsProblem(statements: readonly Statement[], use: PolicyUse): string | undefined {
  const sids = new Set<string>();
  for (const [index, statement] of statements.entries()) {
    const problem = statementProblem(statement, use, sids);
    if (problem) return `statement ${index + 1} ${problem}`;
    if (statement.Sid !== undefined) sids.add(statement.Sid);
  }
  return undefined;
}

function statementProblem(statement: Statement, use: PolicyUse, sids: ReadonlySet<string>): string | undefined {
  const { Sid, Principal, Action, Resource, Condition = {} } = statement;
  if (Sid !== undefined && !/^[A-Za-z0-9]+$/.test(Sid)) {
    return `has the Sid ${JSON.stringify(Sid)}: use letters and digits alone`;
  }
  if (Sid !== undefined && sids.has(Sid)) return `repeats the Sid "${Sid}"`;
  for (const element of ["Principal", "Resource"] as const) {
    const given = statement[element] !== undefined;
    if (given !== NEEDS[use][element]) return given ? `must not have a ${element}` : `has no ${element}`;
  }
  const conditions = Object.entries(Condition);
  const keys = conditions.flatMap(([operator, values]) =>
    Object.entries(values).map(([key, value]): [string, OneOrMore] => [`Condition ${operator} ${key}`, value]),
  );
  const lists: readonly [string, OneOrMore | undefined][] = [
    ["Action", Action],
    ["Resource", Resource],
    ...Object.entries(typeof Principal === "object" ? Principal : {}).map(([type, value]): [string, OneOrMore] => [
      `Principal ${type}`,
      value,
    ]),
    ...keys,
  ];
  const empty = lists.find(([, value]) => value === "" || value?.length === 0);
  if (empty) return `has an empty ${empty[0]}`;
  const hollow = conditions.find(([, values]) => Object.keys(values).length === 0);
  if (hollow) return `has an empty Condition ${hollow[0]}`;
  return undefined;
}

function canonical({ Sid, Effect, Principal, Action, Resource, Condition }: Statement): object {
  return {
    ...(Sid !== undefined && { Sid }),
    Effect,
    ...(Principal !== undefined && { Principal: typeof Principal === "string" ? Principal : sortedRecord(Principal) }),
    Action: sortedValues(Action),
    ...(Resource !== undefined && { Resource: sortedValues(Resource) }),
    ...(Condition !== undefined && { Condition: sortedCondition(Condition) }),
  };
}

function sortedCondition(condition: Condition): object {
  return Object.fromEntries(sortedEntries(condition).map(([operator, values]) => [operator, sortedRecord(values)]));
}

function sortedRecord(record: Readonly<Record<string, OneOrMore>>): object {
  return Object.fromEntries(sortedEntries(record).map(([key, values]) => [key, sortedValues(values)]));
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function sortedValues(values: OneOrMore): OneOrMore {
  if (typeof values === "string") return values;
  const [first = "", ...others] = [...new Set(values)].toSorted();
  return others.length === 0 ? first : [first, ...others];
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
