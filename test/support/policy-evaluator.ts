import { runSimulation } from "@cloud-copilot/iam-simulate";

/** The account of everything that is asked for. */
export const ACCOUNT = "123456789012";

export type Context = Readonly<Record<string, string>>;

export interface PolicyRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  /** The policy of the principal. Default: none. */
  readonly identity?: string;
  /** The policy of the resource: a bucket's, a key's, or a role's trust. Default: none. */
  readonly trust?: string;
}

export interface ExpectedDecision {
  readonly allowed: boolean;
  /** What the request is an example of. Default: it says enough itself. */
  readonly reason?: string;
}

/** The requests that are decided otherwise than they should be, or without regard to what they say. */
export async function undecided(requests: readonly (PolicyRequest & ExpectedDecision)[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { allowed, reason = "", ...request } of requests) {
    const { action, resource, context, principal } = request;
    const { result, ignored } = await decide(request);
    const said = `${reason} ${principal} ${action} ${resource} ${JSON.stringify(context)}: ${result}`;
    if (ignored.length > 0) wrong.push(`${said}, without regard to ${ignored}`);
    if ((result === "Allowed") !== allowed) wrong.push(said);
  }
  return wrong;
}

/**
 * How IAM decides, by an evaluator that is not ours; `ignored` are the condition keys that it does not know for the
 * action. Role and resources are of one account. Throws if the action, the resource or a policy is none that AWS has.
 */
export async function decide({ principal, action, resource, context, identity, trust }: PolicyRequest) {
  const answer = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId: ACCOUNT }, contextVariables: { ...context } },
      identityPolicies: identity === undefined ? [] : [{ name: "identity", policy: JSON.parse(identity) }],
      ...(trust !== undefined && { resourcePolicy: JSON.parse(trust) }),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    { simulationMode: "Strict" },
  );
  if (answer.resultType !== "single") throw new Error(`cannot evaluate ${action}: ${JSON.stringify(answer)}`);
  return { result: answer.overallResult, ignored: answer.result.ignoredContextKeys ?? [] };
}
