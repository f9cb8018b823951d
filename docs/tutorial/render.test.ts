import { compositionManifest } from "trimtab/project";
import { inProcess, print, readComposition, render } from "trimtab/render";
import { expect, test } from "vitest";
import { archive } from "./archive.js";
import project from "./trimtab.config.js";

const xr = {
  apiVersion: "platform.example.org/v1alpha1",
  kind: "XArchive",
  metadata: { namespace: "records", name: "letters" },
  spec: { region: "eu-west-1", ownKey: false },
};

test("one reconcile, as Crossplane does it", async () => {
  const [props] = project.compositions;
  const composition = props && JSON.parse(JSON.stringify(compositionManifest(props)));
  const rendered = await render({
    xr,
    composition: readComposition(composition),
    functions: { "acme-function-archive": inProcess(archive) },
    observed: [],
  });
  expect(rendered.composed.map(({ kind }) => kind)).toEqual(["Bucket"]);
  expect(print(rendered)).toMatch(/^---\napiVersion: platform\.example\.org\/v1alpha1\nkind: XArchive\n/);
});
