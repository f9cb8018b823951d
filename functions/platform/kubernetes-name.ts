/** What is wrong with the name of an object of Kubernetes (a DNS subdomain), with the remedy; or undefined. */
export function kubernetesNameProblem(name: string): string | undefined {
  const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
  if (name.length > 253) return `${shown} has ${name.length} characters, and a name at most 253: choose another`;
  if (isSubdomain(name)) return undefined;
  return `${shown} is not a name: use lower-case letters, digits, dashes and dots`;
}

/** Whether a text has the form of a DNS subdomain, whatever its length. */
export function isSubdomain(text: string): boolean {
  const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  return new RegExp(`^${label}(\\.${label})*$`).test(text);
}
