export type { Json } from "./json.js";
export type { Position } from "./lines.js";
export { readJSONStream } from "./read-json-stream.js";
export { readYAML, type YAMLDocument } from "./read-yaml.js";
export { readYAMLStream } from "./read-yaml-stream.js";
export { writeYAML } from "./write-yaml.js";
