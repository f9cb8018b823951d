import { type AnyXR, type Context, fatal } from "trimtab";
import { v1 } from "trimtab/models";

const RESOURCE_NAME = "crossplane.io/composition-resource-name";

/**
 * Refuses a Secret that is there and is not what this step publishes: Crossplane would take it over, and delete it with the
 * XR. The Secret to which a managed resource writes its connection details is one of them.
 *
 * @param key the composition resource name under which this step composes it
 */
export function refuseForeign(
  { find, xr }: Pick<Context<AnyXR, unknown, unknown>, "find" | "xr">,
  { name, key, field }: { readonly name: string; readonly key: string; readonly field: string },
): void {
  const { namespace } = xr;
  const found = find(v1.Secret, { name, namespace });
  if (!found) return;
  const { ownerReferences = [], annotations = {} } = found.metadata ?? {};
  const controller = ownerReferences.find((owner) => owner.controller);
  const isOfXR = controller !== undefined && controller.uid === xr.metadata.uid;
  const step = annotations[RESOURCE_NAME];
  if (isOfXR && (step === undefined || step === key)) return;
  fatal(
    `${field}: the Secret ${namespace}/${name} exists and ${ownerOf(isOfXR ? step : undefined, controller, xr.kind)}: choose another name, or delete that Secret`,
  );
}

function ownerOf(
  step: string | undefined,
  controller: { readonly kind: string; readonly name: string } | undefined,
  kind: string,
): string {
  if (step !== undefined) return `is composed already, as ${step}`;
  return controller ? `is ${controller.kind} ${controller.name}'s` : `is not this ${kind}'s`;
}
