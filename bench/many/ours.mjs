import { defineFunction, many } from "trimtab";
import { v1 } from "trimtab/models";
import { XMany } from "./xr.mjs";

/** So many ConfigMaps. */
export const configs = defineFunction({
  name: "configs",
  composite: XMany,
  composes: { config: many({ map: v1.ConfigMap }) },
  compose({ xr, composed }) {
    const places = Array.from({ length: xr.spec.count }, (_, place) => place);
    return {
      resources: {
        config: composed.config.each(
          places,
          (place) => String(place),
          (place) => ({ map: v1.ConfigMap({ data: { place: String(place) } }) }),
        ),
      },
    };
  },
});
