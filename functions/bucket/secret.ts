import { type Consumer } from "./credentials/grant.js";
import { type Place } from "./place.js";
import { type Platform } from "./platform.js";

type Text = Readonly<Record<string, string>>;

export function secretNameOf(xbucket: string, { serviceAccount, secretName }: Consumer): string {
  return secretName ?? `${xbucket}-${serviceAccount}`;
}

/**
 * Where the bucket is, for both habits: `envFrom`, so that an AWS SDK with no configuration works, and service bindings
 * (servicebinding.io). An endpoint for S3 is said only where it is not AWS's own: it would redirect every call of the Pod.
 */
export function locationText({ name, region, endpoint }: Place, platform: Platform): Text {
  return {
    BUCKET_NAME: name,
    AWS_REGION: region,
    ...(platform.endpoint !== undefined && { AWS_ENDPOINT_URL_S3: endpoint }),
    type: "s3",
    provider: "aws",
    bucket: name,
    region,
    endpoint,
  };
}

/** Where in the bucket one consumer works. */
export function prefixText({ name }: Place, { prefix = "" }: Consumer): Text {
  return { BUCKET_PREFIX: prefix, uri: `s3://${name}/${prefix}`, prefix };
}

/** By a role. Never AWS_ROLE_ARN, which identity webhooks own. */
export function roleText(roleArn: string): Text {
  return { "role-arn": roleArn };
}

/** By an access key. */
export function keyText(id: string, secret: string): Text {
  return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, "access-key-id": id, "secret-access-key": secret };
}
