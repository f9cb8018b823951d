export { applyDefaults } from "./apply-defaults.js";
export { type DefinitionSource, type Definitions, definitions } from "./definitions.js";
export { type AdmittingCRD, isDefinition } from "./read-definition.js";
