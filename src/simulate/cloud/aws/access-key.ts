import { textAt } from "../../../render/unstructured.js";
import { madeUpSecret } from "../made-up.js";
import { type StandIn, type Wanted } from "../stand-in.js";
import { missing } from "./attachments.js";
import { ACCESS_KEY, USER } from "./iam-kinds.js";

/** How many keys a user may have (IAM User Guide, IAM and AWS STS quotas). */
const MOST_KEYS = 2;

/** A key of a user. Its ids and secrets look like AWS's, and say that they are none. */
export const accessKey: StandIn = {
  ...ACCESS_KEY,
  isNamedByCloud: true,
  externalName: ({ name }) => `AKIASIMULATED${name.slice(0, 7)}`,
  immutable: ["user"],
  references: { userRef: { ...USER, field: "user" } },
  lateInitialize: () => ({ status: "Active" }),
  partOf: (wanted) => ({ ...USER, name: userOf(wanted) }),
  connection: ({ name }) => {
    const secret = madeUpSecret(["access key", name]);
    return {
      username: name,
      password: secret,
      "attribute.secret": secret,
      "attribute.ses_smtp_password_v4": madeUpSecret(["smtp", name], 44),
    };
  },
  refuseCreate: (wanted, cloud) => {
    if (!cloud.find(USER, userOf(wanted))) return missing(USER.kind, userOf(wanted));
    const keys = cloud.list(ACCESS_KEY, { by: userOf, is: userOf(wanted) });
    return keys.length >= MOST_KEYS
      ? `LimitExceeded: Cannot exceed quota for AccessKeysPerUser: ${MOST_KEYS}`
      : undefined;
  },
};

const userOf = ({ parameters }: Wanted) => textAt(parameters, ["user"]);
