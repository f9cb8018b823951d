import { type AdmittingCRD } from "../../src/admission/index.js";
import { ApiError } from "./api-error.js";
import { type Transport } from "./transport.js";

/** What a real API server says of an object that is to be created. */
export interface Judgement {
  /** Why it refuses; empty where it does not. */
  readonly why: string;
  /** The object as it would be stored; undefined where it is refused. */
  readonly stored: Readonly<Record<string, unknown>> | undefined;
  /** How many fields it would drop. */
  readonly unknown: number;
}

/** Asks an API server that has the CRD by a dry run, in the namespace `default` where the kind is namespaced. */
export async function judge(send: Transport, crd: AdmittingCRD, object: object): Promise<Judgement> {
  const { names, scope } = crd.spec;
  const { plural } = names as unknown as { readonly plural: string };
  const { apiVersion } = object as { readonly apiVersion: string };
  const namespace = scope === "Namespaced" ? "/namespaces/default" : "";
  const path = `/apis/${apiVersion}${namespace}/${plural}`;
  const create = async (fieldValidation: string) => {
    const query = { dryRun: "All", fieldManager: "test", fieldValidation };
    try {
      return { why: "", stored: (await send({ method: "POST", path, query, body: object })) as Judgement["stored"] };
    } catch (error) {
      return { why: refusal(error), stored: undefined };
    }
  };
  const strict = await create("Strict");
  const unknown = strict.why.match(/unknown field "/g)?.length ?? 0;
  return { ...(unknown > 0 ? await create("Ignore") : strict), unknown };
}

/** Why the API server refused. Any other failure is one of the test. */
function refusal(error: unknown): string {
  if (error instanceof ApiError && (error.reason === "Invalid" || error.code === 400 || error.code === 422)) {
    return error.message;
  }
  throw error;
}
