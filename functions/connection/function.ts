import { anyXR, defineFunction, fatal, many } from "trimtab";
import { v1 } from "trimtab/models";
import { publishedText, secretData } from "./collect.js";
import { Connection } from "./input.js";
import { refusals } from "./refusals.js";
import { refuseForeign } from "./refuse-foreign.js";
import { secretName } from "./secret-name.js";

/**
 * Publishes connection Secrets, whole or not at all, from what other steps of the pipeline composed, whatever they are
 * written in.
 */
export const connection = defineFunction({
  name: "connection",
  composite: anyXR({ group: "trimtab.dev" }),
  input: Connection,
  composes: { secrets: many({ secret: v1.Secret }) },
  compose({ xr, input, composed, find }) {
    const refused = refusals(input, xr);
    if (refused.length > 0) fatal(refused.join("; "));

    const secrets = input.secrets.map((secret, index) => {
      const field = `input.secrets[${index}]`;
      const named = secretName(secret, xr, field);
      return "problem" in named ? fatal(named.problem) : { ...secret, name: named.name, field };
    });
    for (const { name, field } of secrets) {
      const first = secrets.find((secret) => secret.name === name);
      if (first && first.field !== field)
        fatal(`${field}: ${name} is already the Secret of ${first.field}: choose another`);
    }

    return {
      resources: {
        secrets: composed.secrets.each(
          secrets,
          ({ name }) => name,
          (secret) => ({
            secret: (sight) => {
              const { name, type, labels, annotations, field } = secret;
              const { object } = sight.observed.secrets(name).secret;
              if (!object) refuseForeign({ find, xr }, { name, key: `secrets/${name}/secret`, field });
              const from = { xr, sight, field: `${field}.connectionDetails` };
              return v1.Secret({
                metadata: { name, labels, annotations },
                type,
                data: secretData(secret, from, object?.data),
              });
            },
          }),
        ),
      },
      connectionDetails: input.connectionDetails
        ? (sight) => publishedText(input.connectionDetails ?? [], { xr, sight, field: "input.connectionDetails" })
        : null,
    };
  },
});
