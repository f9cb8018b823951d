// Generated from the CRDs of s3.aws.m.upbound.io, provider-upjet-aws v2.6.0. Do not edit.
import { kind } from "../../resource/kind.js";
import { type Managed } from "../../resource/managed.js";
import { type Ref, type SecretKey, type Selector } from "../../resource/ref.js";

export interface Bucket extends Managed<"s3.aws.m.upbound.io/v1beta1", "Bucket", {
  readonly forceDestroy?: boolean;
  readonly objectLockEnabled?: boolean;
  readonly region: string;
  readonly tags?: { readonly [key: string]: string };
}, {
  readonly accelerationStatus?: string;
  readonly acl?: string;
  readonly arn?: string;
  readonly bucketDomainName?: string;
  readonly bucketRegion?: string;
  readonly bucketRegionalDomainName?: string;
  readonly corsRule?: readonly {
    readonly allowedHeaders?: readonly string[];
    readonly allowedMethods?: readonly string[];
    readonly allowedOrigins?: readonly string[];
    readonly exposeHeaders?: readonly string[];
    readonly maxAgeSeconds?: number;
  }[];
  readonly forceDestroy?: boolean;
  readonly grant?: readonly {
    readonly id?: string;
    readonly permissions?: readonly string[];
    readonly type?: string;
    readonly uri?: string;
  }[];
  readonly hostedZoneId?: string;
  readonly id?: string;
  readonly lifecycleRule?: readonly {
    readonly abortIncompleteMultipartUploadDays?: number;
    readonly enabled?: boolean;
    readonly expiration?: {
      readonly date?: string;
      readonly days?: number;
      readonly expiredObjectDeleteMarker?: boolean;
    };
    readonly id?: string;
    readonly noncurrentVersionExpiration?: {
      readonly days?: number;
    };
    readonly noncurrentVersionTransition?: readonly {
      readonly days?: number;
      readonly storageClass?: string;
    }[];
    readonly prefix?: string;
    readonly tags?: { readonly [key: string]: string };
    readonly transition?: readonly {
      readonly date?: string;
      readonly days?: number;
      readonly storageClass?: string;
    }[];
  }[];
  readonly logging?: {
    readonly targetBucket?: string;
    readonly targetPrefix?: string;
  };
  readonly objectLockConfiguration?: {
    readonly objectLockEnabled?: string;
    readonly rule?: {
      readonly defaultRetention?: {
        readonly days?: number;
        readonly mode?: string;
        readonly years?: number;
      };
    };
  };
  readonly objectLockEnabled?: boolean;
  readonly policy?: string;
  readonly region?: string;
  readonly replicationConfiguration?: {
    readonly role?: string;
    readonly rules?: readonly {
      readonly deleteMarkerReplicationStatus?: string;
      readonly destination?: {
        readonly accessControlTranslation?: {
          readonly owner?: string;
        };
        readonly accountId?: string;
        readonly bucket?: string;
        readonly metrics?: {
          readonly minutes?: number;
          readonly status?: string;
        };
        readonly replicaKmsKeyId?: string;
        readonly replicationTime?: {
          readonly minutes?: number;
          readonly status?: string;
        };
        readonly storageClass?: string;
      };
      readonly filter?: {
        readonly prefix?: string;
        readonly tags?: { readonly [key: string]: string };
      };
      readonly id?: string;
      readonly prefix?: string;
      readonly priority?: number;
      readonly sourceSelectionCriteria?: {
        readonly sseKmsEncryptedObjects?: {
          readonly enabled?: boolean;
        };
      };
      readonly status?: string;
    }[];
  };
  readonly requestPayer?: string;
  readonly serverSideEncryptionConfiguration?: {
    readonly rule?: {
      readonly applyServerSideEncryptionByDefault?: {
        readonly kmsMasterKeyId?: string;
        readonly sseAlgorithm?: string;
      };
      readonly bucketKeyEnabled?: boolean;
    };
  };
  readonly tags?: { readonly [key: string]: string };
  readonly tagsAll?: { readonly [key: string]: string };
  readonly versioning?: {
    readonly enabled?: boolean;
    readonly mfaDelete?: boolean;
  };
  readonly website?: {
    readonly errorDocument?: string;
    readonly indexDocument?: string;
    readonly redirectAllRequestsTo?: string;
    readonly routingRules?: string;
  };
  readonly websiteDomain?: string;
  readonly websiteEndpoint?: string;
}> {}
export const Bucket = kind<Bucket>("s3.aws.m.upbound.io/v1beta1", "Bucket");

export interface BucketACL extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketACL", {
  readonly accessControlPolicy?: {
    readonly grant?: readonly {
      readonly grantee?: {
        readonly emailAddress?: string;
        readonly id?: string;
        readonly type?: string;
        readonly uri?: string;
      };
      readonly permission?: string;
    }[];
    readonly owner?: {
      readonly displayName?: string;
      readonly id?: string;
    };
  };
  readonly acl?: string;
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly expectedBucketOwner?: string;
  readonly region: string;
}, {
  readonly accessControlPolicy?: {
    readonly grant?: readonly {
      readonly grantee?: {
        readonly displayName?: string;
        readonly emailAddress?: string;
        readonly id?: string;
        readonly type?: string;
        readonly uri?: string;
      };
      readonly permission?: string;
    }[];
    readonly owner?: {
      readonly displayName?: string;
      readonly id?: string;
    };
  };
  readonly acl?: string;
  readonly bucket?: string;
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly region?: string;
}> {}
export const BucketACL = kind<BucketACL>("s3.aws.m.upbound.io/v1beta1", "BucketACL");

export interface BucketAbac extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketAbac", {
  readonly abacStatus?: {
    readonly status?: string;
  };
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly expectedBucketOwner?: string;
  readonly region: string;
}, {
  readonly abacStatus?: {
    readonly status?: string;
  };
  readonly bucket?: string;
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly region?: string;
}> {}
export const BucketAbac = kind<BucketAbac>("s3.aws.m.upbound.io/v1beta1", "BucketAbac");

export interface BucketAccelerateConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketAccelerateConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly expectedBucketOwner?: string;
  readonly region: string;
  readonly status: string;
}, {
  readonly bucket?: string;
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly region?: string;
  readonly status?: string;
}> {}
export const BucketAccelerateConfiguration = kind<BucketAccelerateConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketAccelerateConfiguration");

export interface BucketAnalyticsConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketAnalyticsConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly filter?: {
    readonly prefix?: string;
    readonly tags?: { readonly [key: string]: string };
  };
  readonly name: string;
  readonly region: string;
  readonly storageClassAnalysis?: {
    readonly dataExport?: {
      readonly destination?: {
        readonly s3BucketDestination?: {
          readonly bucketAccountId?: string;
          readonly bucketArn?: string;
          readonly bucketArnRef?: Ref<"s3.Bucket">;
          readonly bucketArnSelector?: Selector;
          readonly format?: string;
          readonly prefix?: string;
        };
      };
      readonly outputSchemaVersion?: string;
    };
  };
}, {
  readonly bucket?: string;
  readonly filter?: {
    readonly prefix?: string;
    readonly tags?: { readonly [key: string]: string };
  };
  readonly id?: string;
  readonly name?: string;
  readonly region?: string;
  readonly storageClassAnalysis?: {
    readonly dataExport?: {
      readonly destination?: {
        readonly s3BucketDestination?: {
          readonly bucketAccountId?: string;
          readonly bucketArn?: string;
          readonly format?: string;
          readonly prefix?: string;
        };
      };
      readonly outputSchemaVersion?: string;
    };
  };
}> {}
export const BucketAnalyticsConfiguration = kind<BucketAnalyticsConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketAnalyticsConfiguration");

export interface BucketCorsConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketCorsConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly corsRule: readonly {
    readonly allowedHeaders?: readonly string[];
    readonly allowedMethods?: readonly string[];
    readonly allowedOrigins?: readonly string[];
    readonly exposeHeaders?: readonly string[];
    readonly id?: string;
    readonly maxAgeSeconds?: number;
  }[];
  readonly expectedBucketOwner?: string;
  readonly region: string;
}, {
  readonly bucket?: string;
  readonly corsRule?: readonly {
    readonly allowedHeaders?: readonly string[];
    readonly allowedMethods?: readonly string[];
    readonly allowedOrigins?: readonly string[];
    readonly exposeHeaders?: readonly string[];
    readonly id?: string;
    readonly maxAgeSeconds?: number;
  }[];
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly region?: string;
}> {}
export const BucketCorsConfiguration = kind<BucketCorsConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketCorsConfiguration");

export interface BucketIntelligentTieringConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketIntelligentTieringConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly filter?: {
    readonly prefix?: string;
    readonly tags?: { readonly [key: string]: string };
  };
  readonly name: string;
  readonly region: string;
  readonly status?: string;
  readonly tiering: readonly {
    readonly accessTier?: string;
    readonly days?: number;
  }[];
}, {
  readonly bucket?: string;
  readonly filter?: {
    readonly prefix?: string;
    readonly tags?: { readonly [key: string]: string };
  };
  readonly id?: string;
  readonly name?: string;
  readonly region?: string;
  readonly status?: string;
  readonly tiering?: readonly {
    readonly accessTier?: string;
    readonly days?: number;
  }[];
}> {}
export const BucketIntelligentTieringConfiguration = kind<BucketIntelligentTieringConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketIntelligentTieringConfiguration");

export interface BucketInventory extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketInventory", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly destination: {
    readonly bucket?: {
      readonly accountId?: string;
      readonly bucketArn?: string;
      readonly bucketArnRef?: Ref<"s3.Bucket">;
      readonly bucketArnSelector?: Selector;
      readonly encryption?: {
        readonly sseKms?: {
          readonly keyId?: string;
        };
        readonly sseS3?: { readonly [key: string]: never };
      };
      readonly format?: string;
      readonly prefix?: string;
    };
  };
  readonly enabled?: boolean;
  readonly filter?: {
    readonly prefix?: string;
  };
  readonly includedObjectVersions: string;
  readonly name: string;
  readonly optionalFields?: readonly string[];
  readonly region: string;
  readonly schedule: {
    readonly frequency?: string;
  };
}, {
  readonly bucket?: string;
  readonly destination?: {
    readonly bucket?: {
      readonly accountId?: string;
      readonly bucketArn?: string;
      readonly encryption?: {
        readonly sseKms?: {
          readonly keyId?: string;
        };
        readonly sseS3?: { readonly [key: string]: never };
      };
      readonly format?: string;
      readonly prefix?: string;
    };
  };
  readonly enabled?: boolean;
  readonly filter?: {
    readonly prefix?: string;
  };
  readonly id?: string;
  readonly includedObjectVersions?: string;
  readonly name?: string;
  readonly optionalFields?: readonly string[];
  readonly region?: string;
  readonly schedule?: {
    readonly frequency?: string;
  };
}> {}
export const BucketInventory = kind<BucketInventory>("s3.aws.m.upbound.io/v1beta1", "BucketInventory");

export interface BucketLifecycleConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketLifecycleConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly expectedBucketOwner?: string;
  readonly region: string;
  readonly rule?: readonly {
    readonly abortIncompleteMultipartUpload?: readonly {
      readonly daysAfterInitiation?: number;
    }[];
    readonly expiration?: readonly {
      readonly date?: string;
      readonly days?: number;
      readonly expiredObjectDeleteMarker?: boolean;
    }[];
    readonly filter?: readonly {
      readonly and?: readonly {
        readonly objectSizeGreaterThan?: number;
        readonly objectSizeLessThan?: number;
        readonly prefix?: string;
        readonly tags?: { readonly [key: string]: string };
      }[];
      readonly objectSizeGreaterThan?: number;
      readonly objectSizeLessThan?: number;
      readonly prefix?: string;
      readonly tag?: readonly {
        readonly key?: string;
        readonly value?: string;
      }[];
    }[];
    readonly id?: string;
    readonly noncurrentVersionExpiration?: readonly {
      readonly newerNoncurrentVersions?: number;
      readonly noncurrentDays?: number;
    }[];
    readonly noncurrentVersionTransition?: readonly {
      readonly newerNoncurrentVersions?: number;
      readonly noncurrentDays?: number;
      readonly storageClass?: string;
    }[];
    readonly prefix?: string;
    readonly status?: string;
    readonly transition?: readonly {
      readonly date?: string;
      readonly days?: number;
      readonly storageClass?: string;
    }[];
  }[];
  readonly transitionDefaultMinimumObjectSize?: string;
}, {
  readonly bucket?: string;
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly region?: string;
  readonly rule?: readonly {
    readonly abortIncompleteMultipartUpload?: readonly {
      readonly daysAfterInitiation?: number;
    }[];
    readonly expiration?: readonly {
      readonly date?: string;
      readonly days?: number;
      readonly expiredObjectDeleteMarker?: boolean;
    }[];
    readonly filter?: readonly {
      readonly and?: readonly {
        readonly objectSizeGreaterThan?: number;
        readonly objectSizeLessThan?: number;
        readonly prefix?: string;
        readonly tags?: { readonly [key: string]: string };
      }[];
      readonly objectSizeGreaterThan?: number;
      readonly objectSizeLessThan?: number;
      readonly prefix?: string;
      readonly tag?: readonly {
        readonly key?: string;
        readonly value?: string;
      }[];
    }[];
    readonly id?: string;
    readonly noncurrentVersionExpiration?: readonly {
      readonly newerNoncurrentVersions?: number;
      readonly noncurrentDays?: number;
    }[];
    readonly noncurrentVersionTransition?: readonly {
      readonly newerNoncurrentVersions?: number;
      readonly noncurrentDays?: number;
      readonly storageClass?: string;
    }[];
    readonly prefix?: string;
    readonly status?: string;
    readonly transition?: readonly {
      readonly date?: string;
      readonly days?: number;
      readonly storageClass?: string;
    }[];
  }[];
  readonly transitionDefaultMinimumObjectSize?: string;
}> {}
export const BucketLifecycleConfiguration = kind<BucketLifecycleConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketLifecycleConfiguration");

export interface BucketLogging extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketLogging", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly expectedBucketOwner?: string;
  readonly region: string;
  readonly targetBucket?: string;
  readonly targetBucketRef?: Ref<"s3.Bucket">;
  readonly targetBucketSelector?: Selector;
  readonly targetGrant?: readonly {
    readonly grantee?: {
      readonly emailAddress?: string;
      readonly id?: string;
      readonly type?: string;
      readonly uri?: string;
    };
    readonly permission?: string;
  }[];
  readonly targetObjectKeyFormat?: {
    readonly partitionedPrefix?: {
      readonly partitionDateSource?: string;
    };
    readonly simplePrefix?: { readonly [key: string]: never };
  };
  readonly targetPrefix: string;
}, {
  readonly bucket?: string;
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly region?: string;
  readonly targetBucket?: string;
  readonly targetGrant?: readonly {
    readonly grantee?: {
      readonly displayName?: string;
      readonly emailAddress?: string;
      readonly id?: string;
      readonly type?: string;
      readonly uri?: string;
    };
    readonly permission?: string;
  }[];
  readonly targetObjectKeyFormat?: {
    readonly partitionedPrefix?: {
      readonly partitionDateSource?: string;
    };
    readonly simplePrefix?: { readonly [key: string]: never };
  };
  readonly targetPrefix?: string;
}> {}
export const BucketLogging = kind<BucketLogging>("s3.aws.m.upbound.io/v1beta1", "BucketLogging");

export interface BucketMetric extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketMetric", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly filter?: {
    readonly accessPoint?: string;
    readonly accessPointRef?: Ref<"s3control.AccessPoint">;
    readonly accessPointSelector?: Selector;
    readonly prefix?: string;
    readonly tags?: { readonly [key: string]: string };
  };
  readonly name: string;
  readonly region: string;
}, {
  readonly bucket?: string;
  readonly filter?: {
    readonly accessPoint?: string;
    readonly prefix?: string;
    readonly tags?: { readonly [key: string]: string };
  };
  readonly id?: string;
  readonly name?: string;
  readonly region?: string;
}> {}
export const BucketMetric = kind<BucketMetric>("s3.aws.m.upbound.io/v1beta1", "BucketMetric");

export interface BucketNotification extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketNotification", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly eventbridge?: boolean;
  readonly lambdaFunction?: readonly {
    readonly events?: readonly string[];
    readonly filterPrefix?: string;
    readonly filterSuffix?: string;
    readonly id?: string;
    readonly lambdaFunctionArn?: string;
  }[];
  readonly queue?: readonly {
    readonly events?: readonly string[];
    readonly filterPrefix?: string;
    readonly filterSuffix?: string;
    readonly id?: string;
    readonly queueArn?: string;
    readonly queueArnRef?: Ref<"sqs.Queue">;
    readonly queueArnSelector?: Selector;
  }[];
  readonly region: string;
  readonly topic?: readonly {
    readonly events?: readonly string[];
    readonly filterPrefix?: string;
    readonly filterSuffix?: string;
    readonly id?: string;
    readonly topicArn?: string;
    readonly topicArnRef?: Ref<"sns.Topic">;
    readonly topicArnSelector?: Selector;
  }[];
}, {
  readonly bucket?: string;
  readonly eventbridge?: boolean;
  readonly id?: string;
  readonly lambdaFunction?: readonly {
    readonly events?: readonly string[];
    readonly filterPrefix?: string;
    readonly filterSuffix?: string;
    readonly id?: string;
    readonly lambdaFunctionArn?: string;
  }[];
  readonly queue?: readonly {
    readonly events?: readonly string[];
    readonly filterPrefix?: string;
    readonly filterSuffix?: string;
    readonly id?: string;
    readonly queueArn?: string;
  }[];
  readonly region?: string;
  readonly topic?: readonly {
    readonly events?: readonly string[];
    readonly filterPrefix?: string;
    readonly filterSuffix?: string;
    readonly id?: string;
    readonly topicArn?: string;
  }[];
}> {}
export const BucketNotification = kind<BucketNotification>("s3.aws.m.upbound.io/v1beta1", "BucketNotification");

export interface BucketObject extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketObject", {
  readonly acl?: string;
  readonly bucket?: string;
  readonly bucketKeyEnabled?: boolean;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly cacheControl?: string;
  readonly content?: string;
  readonly contentBase64?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  readonly contentType?: string;
  readonly etag?: string;
  readonly forceDestroy?: boolean;
  readonly key: string;
  readonly kmsKeyId?: string;
  readonly kmsKeyIdRef?: Ref<"kms.Key">;
  readonly kmsKeyIdSelector?: Selector;
  readonly metadata?: { readonly [key: string]: string };
  readonly objectLockLegalHoldStatus?: string;
  readonly objectLockMode?: string;
  readonly objectLockRetainUntilDate?: string;
  readonly region: string;
  readonly serverSideEncryption?: string;
  readonly source?: string;
  readonly sourceHash?: string;
  readonly storageClass?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly websiteRedirect?: string;
}, {
  readonly acl?: string;
  readonly arn?: string;
  readonly bucket?: string;
  readonly bucketKeyEnabled?: boolean;
  readonly cacheControl?: string;
  readonly content?: string;
  readonly contentBase64?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  readonly contentType?: string;
  readonly etag?: string;
  readonly forceDestroy?: boolean;
  readonly id?: string;
  readonly key?: string;
  readonly kmsKeyId?: string;
  readonly metadata?: { readonly [key: string]: string };
  readonly objectLockLegalHoldStatus?: string;
  readonly objectLockMode?: string;
  readonly objectLockRetainUntilDate?: string;
  readonly region?: string;
  readonly serverSideEncryption?: string;
  readonly source?: string;
  readonly sourceHash?: string;
  readonly storageClass?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly tagsAll?: { readonly [key: string]: string };
  readonly versionId?: string;
  readonly websiteRedirect?: string;
}> {}
export const BucketObject = kind<BucketObject>("s3.aws.m.upbound.io/v1beta1", "BucketObject");

export interface BucketObjectLockConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketObjectLockConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly expectedBucketOwner?: string;
  readonly objectLockEnabled?: string;
  readonly region: string;
  readonly rule?: {
    readonly defaultRetention?: {
      readonly days?: number;
      readonly mode?: string;
      readonly years?: number;
    };
  };
  readonly tokenSecretRef?: SecretKey;
}, {
  readonly bucket?: string;
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly objectLockEnabled?: string;
  readonly region?: string;
  readonly rule?: {
    readonly defaultRetention?: {
      readonly days?: number;
      readonly mode?: string;
      readonly years?: number;
    };
  };
}> {}
export const BucketObjectLockConfiguration = kind<BucketObjectLockConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketObjectLockConfiguration");

export interface BucketOwnershipControls extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketOwnershipControls", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly region: string;
  readonly rule: {
    readonly objectOwnership?: string;
  };
}, {
  readonly bucket?: string;
  readonly id?: string;
  readonly region?: string;
  readonly rule?: {
    readonly objectOwnership?: string;
  };
}> {}
export const BucketOwnershipControls = kind<BucketOwnershipControls>("s3.aws.m.upbound.io/v1beta1", "BucketOwnershipControls", { plural: "bucketownershipcontrols" });

export interface BucketPolicy extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketPolicy", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly policy: string;
  readonly region: string;
}, {
  readonly bucket?: string;
  readonly id?: string;
  readonly policy?: string;
  readonly region?: string;
}> {}
export const BucketPolicy = kind<BucketPolicy>("s3.aws.m.upbound.io/v1beta1", "BucketPolicy");

export interface BucketPublicAccessBlock extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketPublicAccessBlock", {
  readonly blockPublicAcls?: boolean;
  readonly blockPublicPolicy?: boolean;
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly ignorePublicAcls?: boolean;
  readonly region: string;
  readonly restrictPublicBuckets?: boolean;
  readonly skipDestroy?: boolean;
}, {
  readonly blockPublicAcls?: boolean;
  readonly blockPublicPolicy?: boolean;
  readonly bucket?: string;
  readonly id?: string;
  readonly ignorePublicAcls?: boolean;
  readonly region?: string;
  readonly restrictPublicBuckets?: boolean;
  readonly skipDestroy?: boolean;
}> {}
export const BucketPublicAccessBlock = kind<BucketPublicAccessBlock>("s3.aws.m.upbound.io/v1beta1", "BucketPublicAccessBlock");

export interface BucketReplicationConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketReplicationConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly region: string;
  readonly role?: string;
  readonly roleRef?: Ref<"iam.Role">;
  readonly roleSelector?: Selector;
  readonly rule: readonly {
    readonly deleteMarkerReplication?: {
      readonly status?: string;
    };
    readonly destination?: {
      readonly accessControlTranslation?: {
        readonly owner?: string;
      };
      readonly account?: string;
      readonly bucket?: string;
      readonly bucketRef?: Ref<"s3.Bucket">;
      readonly bucketSelector?: Selector;
      readonly encryptionConfiguration?: {
        readonly replicaKmsKeyId?: string;
        readonly replicaKmsKeyIdRef?: Ref<"kms.Key">;
        readonly replicaKmsKeyIdSelector?: Selector;
      };
      readonly metrics?: {
        readonly eventThreshold?: {
          readonly minutes?: number;
        };
        readonly status?: string;
      };
      readonly replicationTime?: {
        readonly status?: string;
        readonly time?: {
          readonly minutes?: number;
        };
      };
      readonly storageClass?: string;
    };
    readonly existingObjectReplication?: {
      readonly status?: string;
    };
    readonly filter?: {
      readonly and?: {
        readonly prefix?: string;
        readonly tags?: { readonly [key: string]: string };
      };
      readonly prefix?: string;
      readonly tag?: {
        readonly key?: string;
        readonly value?: string;
      };
    };
    readonly id?: string;
    readonly prefix?: string;
    readonly priority?: number;
    readonly sourceSelectionCriteria?: {
      readonly replicaModifications?: {
        readonly status?: string;
      };
      readonly sseKmsEncryptedObjects?: {
        readonly status?: string;
      };
    };
    readonly status?: string;
  }[];
  readonly tokenSecretRef?: SecretKey;
}, {
  readonly bucket?: string;
  readonly id?: string;
  readonly region?: string;
  readonly role?: string;
  readonly rule?: readonly {
    readonly deleteMarkerReplication?: {
      readonly status?: string;
    };
    readonly destination?: {
      readonly accessControlTranslation?: {
        readonly owner?: string;
      };
      readonly account?: string;
      readonly bucket?: string;
      readonly encryptionConfiguration?: {
        readonly replicaKmsKeyId?: string;
      };
      readonly metrics?: {
        readonly eventThreshold?: {
          readonly minutes?: number;
        };
        readonly status?: string;
      };
      readonly replicationTime?: {
        readonly status?: string;
        readonly time?: {
          readonly minutes?: number;
        };
      };
      readonly storageClass?: string;
    };
    readonly existingObjectReplication?: {
      readonly status?: string;
    };
    readonly filter?: {
      readonly and?: {
        readonly prefix?: string;
        readonly tags?: { readonly [key: string]: string };
      };
      readonly prefix?: string;
      readonly tag?: {
        readonly key?: string;
        readonly value?: string;
      };
    };
    readonly id?: string;
    readonly prefix?: string;
    readonly priority?: number;
    readonly sourceSelectionCriteria?: {
      readonly replicaModifications?: {
        readonly status?: string;
      };
      readonly sseKmsEncryptedObjects?: {
        readonly status?: string;
      };
    };
    readonly status?: string;
  }[];
}> {}
export const BucketReplicationConfiguration = kind<BucketReplicationConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketReplicationConfiguration");

export interface BucketRequestPaymentConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketRequestPaymentConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly expectedBucketOwner?: string;
  readonly payer: string;
  readonly region: string;
}, {
  readonly bucket?: string;
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly payer?: string;
  readonly region?: string;
}> {}
export const BucketRequestPaymentConfiguration = kind<BucketRequestPaymentConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketRequestPaymentConfiguration");

export interface BucketServerSideEncryptionConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketServerSideEncryptionConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly expectedBucketOwner?: string;
  readonly region: string;
  readonly rule: readonly {
    readonly applyServerSideEncryptionByDefault?: {
      readonly kmsMasterKeyId?: string;
      readonly kmsMasterKeyIdRef?: Ref<"kms.Key">;
      readonly kmsMasterKeyIdSelector?: Selector;
      readonly sseAlgorithm?: string;
    };
    readonly blockedEncryptionTypes?: readonly string[];
    readonly bucketKeyEnabled?: boolean;
  }[];
}, {
  readonly bucket?: string;
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly region?: string;
  readonly rule?: readonly {
    readonly applyServerSideEncryptionByDefault?: {
      readonly kmsMasterKeyId?: string;
      readonly sseAlgorithm?: string;
    };
    readonly blockedEncryptionTypes?: readonly string[];
    readonly bucketKeyEnabled?: boolean;
  }[];
}> {}
export const BucketServerSideEncryptionConfiguration = kind<BucketServerSideEncryptionConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketServerSideEncryptionConfiguration");

export interface BucketVersioning extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketVersioning", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly expectedBucketOwner?: string;
  readonly mfa?: string;
  readonly region: string;
  readonly versioningConfiguration: {
    readonly mfaDelete?: string;
    readonly status?: string;
  };
}, {
  readonly bucket?: string;
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly mfa?: string;
  readonly region?: string;
  readonly versioningConfiguration?: {
    readonly mfaDelete?: string;
    readonly status?: string;
  };
}> {}
export const BucketVersioning = kind<BucketVersioning>("s3.aws.m.upbound.io/v1beta1", "BucketVersioning");

export interface BucketWebsiteConfiguration extends Managed<"s3.aws.m.upbound.io/v1beta1", "BucketWebsiteConfiguration", {
  readonly bucket?: string;
  readonly bucketRef?: Ref<"s3.Bucket">;
  readonly bucketSelector?: Selector;
  readonly errorDocument?: {
    readonly key?: string;
  };
  readonly expectedBucketOwner?: string;
  readonly indexDocument?: {
    readonly suffix?: string;
  };
  readonly redirectAllRequestsTo?: {
    readonly hostName?: string;
    readonly protocol?: string;
  };
  readonly region: string;
  readonly routingRule?: readonly {
    readonly condition?: {
      readonly httpErrorCodeReturnedEquals?: string;
      readonly keyPrefixEquals?: string;
    };
    readonly redirect?: {
      readonly hostName?: string;
      readonly httpRedirectCode?: string;
      readonly protocol?: string;
      readonly replaceKeyPrefixWith?: string;
      readonly replaceKeyWith?: string;
    };
  }[];
  readonly routingRules?: string;
}, {
  readonly bucket?: string;
  readonly errorDocument?: {
    readonly key?: string;
  };
  readonly expectedBucketOwner?: string;
  readonly id?: string;
  readonly indexDocument?: {
    readonly suffix?: string;
  };
  readonly redirectAllRequestsTo?: {
    readonly hostName?: string;
    readonly protocol?: string;
  };
  readonly region?: string;
  readonly routingRule?: readonly {
    readonly condition?: {
      readonly httpErrorCodeReturnedEquals?: string;
      readonly keyPrefixEquals?: string;
    };
    readonly redirect?: {
      readonly hostName?: string;
      readonly httpRedirectCode?: string;
      readonly protocol?: string;
      readonly replaceKeyPrefixWith?: string;
      readonly replaceKeyWith?: string;
    };
  }[];
  readonly routingRules?: string;
  readonly websiteDomain?: string;
  readonly websiteEndpoint?: string;
}> {}
export const BucketWebsiteConfiguration = kind<BucketWebsiteConfiguration>("s3.aws.m.upbound.io/v1beta1", "BucketWebsiteConfiguration");
