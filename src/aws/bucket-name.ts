/** How long a bucket's name may be. */
export const bucketNameLimit = 63;

/**
 * What is wrong with a name for a general purpose bucket, or undefined (Amazon S3 User Guide, bucket naming rules).
 * Stricter in one point: no dots, which break TLS to `<bucket>.s3.…` and Transfer Acceleration.
 */
export function bucketNameProblem(name: string): string | undefined {
  const broken = RULES.find(({ allows }) => !allows(name));
  return broken && `bucket name ${JSON.stringify(name)} ${broken.message}`;
}

/** What AWS keeps for itself at the beginning of a bucket's name. */
export const RESERVED_PREFIXES: readonly string[] = ["xn--", "sthree-", "amzn-s3-demo-"];

const RESERVED_SUFFIXES = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"];

interface Rule {
  readonly allows: (name: string) => boolean;
  readonly message: string;
}

const RULES: readonly Rule[] = [
  { allows: (name) => name.length >= 3, message: "is too short: use 3 to 63 characters" },
  { allows: (name) => name.length <= bucketNameLimit, message: "is too long: use 3 to 63 characters" },
  {
    allows: (name) => /^[a-z0-9.-]+$/.test(name),
    message: "holds a character that S3 does not take: use lower-case letters, digits and dashes",
  },
  {
    allows: (name) => /^[a-z0-9].*[a-z0-9]$/.test(name),
    message: "must begin and end with a lower-case letter or a digit",
  },
  { allows: (name) => !name.includes(".."), message: "holds two dots in a row: use dashes" },
  { allows: (name) => !/^\d+\.\d+\.\d+\.\d+$/.test(name), message: "looks like an IP address: use letters" },
  ...RESERVED_PREFIXES.map((prefix) => ({
    allows: (name: string) => !name.startsWith(prefix),
    message: `begins with "${prefix}", which AWS reserves`,
  })),
  ...RESERVED_SUFFIXES.map((suffix) => ({
    allows: (name: string) => !name.endsWith(suffix),
    message: `ends in "${suffix}", which AWS reserves`,
  })),
  {
    allows: (name) => !name.includes("."),
    message: "holds a dot, with which TLS certificates do not match: use dashes",
  },
];
