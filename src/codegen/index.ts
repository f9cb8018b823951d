export { type GenerateOptions, generateModels } from "./generate-models.js";
