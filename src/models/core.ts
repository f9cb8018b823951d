import { type Base64, encodeBase64 } from "../resource/base64.js";
import { kind } from "../resource/kind.js";
import { isThere } from "../resource/readiness.js";
import { type Metadata, type ObservedMetadata } from "../resource/resource.js";

export interface Secret {
  readonly apiVersion: "v1";
  readonly kind: "Secret";
  readonly metadata?: ObservedMetadata;
  readonly type?: string;
  readonly data?: Readonly<Record<string, Base64>>;
  readonly immutable?: boolean;
}

/** A Secret as an author writes it. There is no `stringData`: whoever applies it owns that field for ever. */
export interface SecretDraft {
  readonly metadata?: Metadata;
  readonly type?: string;
  /** Keys and their values as text; encoded into `data`. */
  readonly text?: Readonly<Record<string, string>>;
  /** Keys whose values are bytes; see `encodeBase64`. Wins over `text`. */
  readonly data?: Readonly<Record<string, Base64>>;
  readonly immutable?: boolean;
}

/** Ready as soon as it exists. */
export const Secret = kind<Secret, SecretDraft>("v1", "Secret", {
  ready: isThere,
  fill: ({ text, data, ...rest }) => {
    const encoded = Object.entries(text ?? {}).map(([key, value]) => [key, encodeBase64(value)]);
    return { ...rest, data: { ...Object.fromEntries(encoded), ...data } };
  },
});

export interface ConfigMap {
  readonly apiVersion: "v1";
  readonly kind: "ConfigMap";
  readonly metadata?: ObservedMetadata;
  readonly data?: Readonly<Record<string, string>>;
  readonly immutable?: boolean;
}

/** Ready as soon as it exists. */
export const ConfigMap = kind<ConfigMap>("v1", "ConfigMap", { ready: isThere });

export interface ServiceAccount {
  readonly apiVersion: "v1";
  readonly kind: "ServiceAccount";
  readonly metadata?: ObservedMetadata;
}

/** Ready as soon as it exists. */
export const ServiceAccount = kind<ServiceAccount>("v1", "ServiceAccount", { ready: isThere });
