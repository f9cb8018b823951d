import { type ApiObject, App, Chart } from "cdk8s";
import { type XRD } from "../schema/index.js";
import { ActivationPolicy } from "./activation-policy.js";
import { composedKinds } from "./composed-kinds.js";
import { CompositeResourceDefinition } from "./composite-resource-definition.js";
import { Composition } from "./composition.js";
import { type CompositionProps } from "./composition-props.js";
import { CrossplaneRole } from "./crossplane-role.js";
import { InputDefinition, takesInput } from "./input-definition.js";
import { Configuration, FunctionPackage } from "./package-metadata.js";
import { type ConfigurationProps, type FunctionPackageProps } from "./package-props.js";
import { functionName } from "./step.js";
import { yamlText } from "./yaml-text.js";

/** What there is to synthesise. */
export interface Definitions {
  readonly xrds: readonly XRD[];
  readonly compositions: readonly CompositionProps[];
  readonly packages: readonly (ConfigurationProps | FunctionPackageProps)[];
}

export interface SynthesizeOptions {
  /** The file that the definitions are from, for the first line of each file. Default: trimtab.config.ts. */
  readonly source?: string;
}

/**
 * The YAML of XRDs, Compositions and packages: path to text, in the order of the paths. The same definitions give the
 * same bytes.
 *
 * - `xrds/<kind, in lower case>.yaml` and `compositions/<name>.yaml`
 * - `package/<name>/crossplane.yaml` with copies of what the package brings, so that the folder is a whole root for
 *   `crossplane xpkg build`: XRDs and Compositions of a Configuration, and a policy that activates the managed kinds
 *   that its functions say that they compose; the CustomResourceDefinition of a function's input
 * - `package/<name>-rbac.yaml` where a Configuration's functions compose kinds that Crossplane may not work with by
 *   itself: a ClusterRole, which no package may bring, to apply beside it
 */
export function synthesize(definitions: Definitions, options: SynthesizeOptions = {}): Map<string, string> {
  const { source = "trimtab.config.ts" } = options;
  const chart = new Chart(new App(), "trimtab");
  const files = new Map<string, string>();
  const add = (path: string, make: (id: string) => ApiObject) => {
    if (files.has(path)) throw new Error(`cannot synthesise ${path}: two definitions have that name; rename one`);
    files.set(path, yamlText(make(path.replaceAll("/", "-")).toJson(), source));
  };
  const addAll = (folder: string, xrds: readonly XRD[], compositions: readonly CompositionProps[]) => {
    for (const xrd of xrds) {
      add(`${folder}xrds/${xrd.kind.toLowerCase()}.yaml`, (id) => new CompositeResourceDefinition(chart, id, { xrd }));
    }
    for (const props of compositions) {
      add(`${folder}compositions/${props.name}.yaml`, (id) => new Composition(chart, id, props));
    }
  };
  addAll("", definitions.xrds, definitions.compositions);
  const known = [...definitions.xrds, ...xrdsOf(definitions.compositions)];
  for (const props of definitions.packages) {
    if (props.kind === "Configuration") {
      const folder = `package/${props.name}/`;
      add(`${folder}crossplane.yaml`, (id) => new Configuration(chart, id, props));
      addAll(folder, props.xrds ?? xrdsOf(props.compositions), props.compositions);
      const { managed, ungranted } = composedKinds(props.compositions, known);
      const { name, activate = [] } = props;
      if (managed.length + activate.length > 0) {
        add(`${folder}activation-policy.yaml`, (id) => new ActivationPolicy(chart, id, { name, managed, activate }));
      }
      if (ungranted.length > 0) {
        add(`package/${name}-rbac.yaml`, (id) => new CrossplaneRole(chart, id, { name, ungranted }));
      }
      continue;
    }
    const folder = `package/${props.name ?? functionName(props.function)}/`;
    add(`${folder}crossplane.yaml`, (id) => new FunctionPackage(chart, id, props));
    if (takesInput(props.function)) add(`${folder}input.yaml`, (id) => new InputDefinition(chart, id, props));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function xrdsOf(compositions: readonly CompositionProps[]): readonly XRD[] {
  return [...new Set(compositions.map(({ composite }) => composite))];
}
