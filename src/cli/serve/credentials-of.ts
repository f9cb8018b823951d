import { readCertificates } from "../../runtime/certificates.js";
import { reason } from "../../runtime/reason.js";
import { type Credentials } from "../../serve/listen.js";

/** Certificates, unless plain text is asked for in so many words: nothing that is missing makes a function serve all. */
export function credentialsOf(options: {
  readonly isInsecure: boolean;
  readonly folder: string | undefined;
}): Credentials {
  const { isInsecure, folder } = options;
  if (isInsecure) return { kind: "insecure" };
  if (folder === undefined || folder === "") {
    throw new Error(`cannot serve without certificates: ${REMEDY}`);
  }
  try {
    return { kind: "tls", certificates: readCertificates(folder) };
  } catch (error) {
    throw new Error(`cannot serve with the certificates in ${folder}: ${reason(error)}; ${REMEDY}`, { cause: error });
  }
}

const REMEDY =
  "say their folder with --tls-server-certs-dir or TLS_SERVER_CERTS_DIR, or --insecure to serve plain text";
