/** Whether a name is a DNS label, as Kubernetes has it (RFC 1123), whatever its length. */
export function isDNSLabel(name: string): boolean {
  return /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(name);
}

/**
 * Whether a name is a DNS subdomain, as Kubernetes has it: it bounds the length of the whole, and not that of a label.
 */
export function isDNSSubdomain(name: string): boolean {
  return name.length <= 253 && name.split(".").every(isDNSLabel);
}
