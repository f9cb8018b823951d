import { expect, test } from "vitest";
import { imageLabels } from "./image-labels.js";

test("says what is known, the package's own words before those of package.json", () => {
  const labels = imageLabels({
    name: "function-lamp",
    version: "1.2.3",
    annotations: { "meta.crossplane.io/license": "MIT" },
    manifest: { license: "Apache-2.0", repository: { url: "git+https://example.org/lamps.git" } },
    created: 86400,
    base: { digest: "sha256:0", reference: undefined },
  });
  expect(labels).toEqual({
    "org.opencontainers.image.title": "function-lamp",
    "org.opencontainers.image.version": "1.2.3",
    "org.opencontainers.image.licenses": "MIT",
    "org.opencontainers.image.source": "https://example.org/lamps",
    "org.opencontainers.image.created": "1970-01-02T00:00:00Z",
    "org.opencontainers.image.base.digest": "sha256:0",
  });
});
