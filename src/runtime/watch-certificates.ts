import { X509Certificate } from "node:crypto";
import { type Certificates, readCertificates } from "./certificates.js";
import { type Logger } from "./log.js";
import { reason } from "./reason.js";

export interface WatchCertificatesOptions {
  /** What is in use already. */
  readonly current: Certificates;
  /** Is given each set that is whole and not the one in use. What it throws is logged, and the set not used. */
  onChange(certificates: Certificates): void;
  readonly logger: Pick<Logger, "info" | "warn">;
  /**
   * Calls what it is given again and again, until what it returns is called. Default: every two seconds, which keeps no process
   * alive.
   */
  readonly repeat?: (check: () => void) => () => void;
}

/**
 * Looks again and again whether the files of `readCertificates` have changed, and returns what makes an end of that.
 *
 * A set that is half written, or whose parts do not belong together, is not used: the one in use stays, why is logged once,
 * and the files are looked at again.
 */
export function watchCertificates(folder: string, options: WatchCertificatesOptions): () => void {
  const { onChange, logger, repeat = everyTwoSeconds } = options;
  let { current } = options;
  let problem = "";
  return repeat(() => {
    try {
      const found = readCertificates(folder);
      if (isSame(found, current)) return;
      onChange(found);
      current = found;
      problem = "";
      logger.info(described(found), "certificates have changed; new connections use the new ones");
    } catch (error) {
      const why = reason(error);
      if (why === problem) return;
      problem = why;
      logger.warn({ reason: why }, "cannot use the changed certificates; those in use stay");
    }
  });
}

// Files are read, and not watched: kubelet swaps a symbolic link two folders up, others write in place, and events of a file
// system are lost on some mounts. A read that falls between two files' changes is put right by the next one.
function everyTwoSeconds(check: () => void): () => void {
  const timer = setInterval(check, 2000).unref();
  return () => clearInterval(timer);
}

function isSame(a: Certificates, b: Certificates): boolean {
  return a.certificate.equals(b.certificate) && a.key.equals(b.key) && a.authority.equals(b.authority);
}

// Crossplane gives all its certificates one serial number, so that does not tell them apart.
function described({ certificate }: Certificates) {
  const { serialNumber, fingerprint256, validTo } = new X509Certificate(certificate);
  return { serial: serialNumber, fingerprint: fingerprint256, notAfter: new Date(validTo).toISOString() };
}
