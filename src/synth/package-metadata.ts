import { ApiObject, type ApiObjectProps } from "cdk8s";
import { type Construct } from "constructs";
import { type FunctionPackageProps, type PackageProps } from "./package-props.js";
import { functionName } from "./step.js";

/** The `crossplane.yaml` of a package of XRDs and Compositions. */
export class Configuration extends ApiObject {
  constructor(scope: Construct, id: string, props: PackageProps & { readonly name: string }) {
    super(scope, id, metadata("Configuration", props.name, props));
  }
}

/** The `crossplane.yaml` of a package that runs a composition function. */
export class FunctionPackage extends ApiObject {
  constructor(scope: Construct, id: string, props: Omit<FunctionPackageProps, "kind" | "entry">) {
    const { name = functionName(props.function) } = props;
    super(scope, id, metadata("Function", name, props, ["composition"]));
  }
}

function metadata(kind: string, name: string, props: PackageProps, capabilities?: readonly string[]): ApiObjectProps {
  const { crossplane, dependsOn, annotations } = props;
  return {
    apiVersion: "meta.pkg.crossplane.io/v1",
    kind,
    metadata: { name, ...(annotations && { annotations: { ...annotations } }) },
    spec: {
      capabilities,
      crossplane: crossplane === undefined ? undefined : { version: crossplane },
      dependsOn: dependsOn?.map((dependency) => ({ apiVersion: "pkg.crossplane.io/v1", ...dependency })),
    },
  };
}
