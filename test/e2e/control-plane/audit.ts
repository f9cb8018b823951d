import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Notes who deletes what, and nothing of what is in it. */
export const AUDIT_POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived, ResponseStarted]
rules:
  - level: Metadata
    verbs: [delete, deletecollection]
  - level: None
`;

/** A deletion that the API server was asked for, and took. */
export interface Deletion {
  readonly user: string;
  /** The plural and the group, such as `buckets.s3.aws.m.upbound.io`. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  /** In RFC 3339, with microseconds. */
  readonly at: string;
}

/** The deletions of the audit log in a folder, in the order in which they were taken. */
export function deletionsIn(folder: string): readonly Deletion[] {
  const file = join(folder, "audit.log");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  // The last line may be half written.
  return lines.slice(0, -1).flatMap((line) => {
    const { user, objectRef, responseStatus, stageTimestamp } = JSON.parse(line) as AuditEvent;
    if ((responseStatus?.code ?? 500) >= 300 || objectRef === undefined) return [];
    const { resource, apiGroup, namespace = "", name = "*" } = objectRef;
    return [
      {
        user: user.username,
        resource: apiGroup ? `${resource}.${apiGroup}` : resource,
        namespace,
        name,
        at: stageTimestamp,
      },
    ];
  });
}

interface AuditEvent {
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource: string;
    readonly apiGroup?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  readonly stageTimestamp: string;
}
