import { type ObservedResource } from "trimtab";
import { type iam } from "trimtab/models";
import { externalName } from "../../platform/external-name.js";

/**
 * The id of a key in AWS, undefined while there is none. It is the key's external name as well, which stands in its
 * metadata and so survives a status that a provider blanks.
 */
export function idOf({ object, connection }: ObservedResource<iam.AccessKey>): string | undefined {
  return connection["username"] || externalName(object);
}
