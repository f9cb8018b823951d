/** What a function needs Crossplane to fetch. Crossplane calls again once it has looked, with what it found. */
export interface Requirements {
  /** The older name of `resources`, for a Crossplane without {@link Capability.RequiredResources}. */
  readonly extraResources: Readonly<Record<string, ResourceSelector>>;
  readonly resources: Readonly<Record<string, ResourceSelector>>;
  readonly schemas: Readonly<Record<string, SchemaSelector>>;
}

/** Selects resources of one kind, by name or by labels. Both at once are refused. */
export interface ResourceSelector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly matchName?: string | undefined;
  readonly matchLabels?: MatchLabels | undefined;
  /** Absent: cluster scoped resources, or those of all namespaces. */
  readonly namespace?: string | undefined;
}

export interface MatchLabels {
  readonly labels: Readonly<Record<string, string>>;
}

/** Selects the OpenAPI schema of one kind. */
export interface SchemaSelector {
  readonly apiVersion: string;
  readonly kind: string;
}
