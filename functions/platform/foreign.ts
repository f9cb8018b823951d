import { type Context, fatal, type Kind, type OwnerReference, type Resource } from "trimtab";
import { type Owner } from "./make.js";

/** What compose is given to look around with. */
export type Looking = Pick<Context<unknown, unknown, unknown>, "find" | "findAll"> & { readonly xr: Owner };

export interface Chosen {
  readonly name: string;
  /** The field in which the developer chose it. */
  readonly field: string;
  /** What to do about it, as in "choose another secretName". */
  readonly remedy: string;
}

/**
 * Refuses an object of the developer's choice that is there and is not this XR's: Crossplane would take it over, and later
 * delete it with the XR. Ask while it is not observed among what the XR composes.
 */
export function refuseForeign<T extends Resource, D>({ find, xr }: Looking, kind: Kind<T, D>, chosen: Chosen): void {
  const { namespace } = xr;
  const { name, field, remedy } = chosen;
  const found = find(kind, { name, namespace });
  if (!found || isOwn(xr, found)) return;
  const is = whose(found, xr);
  fatal(`${field}: the ${kind.kind} ${namespace}/${name} exists and ${is}: ${remedy}, or delete that ${kind.kind}`);
}

/** Says of an object that is not the XR's whose it is, to go behind "and". */
export function whose(object: Resource, { kind }: Owner): string {
  const controller = controllerOf(object);
  return controller ? `is ${controller.kind} ${controller.name}'s` : `is not this ${kind}'s`;
}

/** Whether the XR composed the object. */
export function isOwn(xr: Owner, object: Resource): boolean {
  const controller = controllerOf(object);
  return controller !== undefined && controller.uid === xr.metadata.uid;
}

export function controllerOf({ metadata }: Resource): OwnerReference | undefined {
  return metadata?.ownerReferences?.find(({ controller }) => controller);
}
