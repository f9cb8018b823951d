import { type AnyXR, type Context, fatal } from "trimtab";
import { v1 } from "trimtab/models";
import { isOwn, whose } from "../platform/foreign.js";

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
  const isOfXR = isOwn(xr, found);
  const step = found.metadata?.annotations?.[RESOURCE_NAME];
  if (isOfXR && (step === undefined || step === key)) return;
  const is = isOfXR ? `is composed already, as ${step}` : whose(found, xr);
  fatal(`${field}: the Secret ${namespace}/${name} exists and ${is}: choose another name, or delete that Secret`);
}
