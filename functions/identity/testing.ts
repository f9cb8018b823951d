// What the specs of this function share.

export const input = {
  cluster: {
    arn: "arn:aws:eks:eu-west-1:123456789012:cluster/prod",
    issuer: "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF",
  },
  credentials: { allowed: ["PodIdentity", "IRSA"] },
} as const;
