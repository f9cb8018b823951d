export { admitXR } from "./admit-xr.js";
export { type Given, reconcile } from "./reconcile.js";
export { renderUid } from "./uid.js";
