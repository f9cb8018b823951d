import { type StandIn } from "trimtab/simulate";

/** A database of a provider of our own: it takes five minutes, and says how to reach it. */
export const database: StandIn = {
  apiVersion: "sql.example.org/v1",
  kind: "Database",
  takes: { create: 5 * 60_000 },
  observe: ({ name, parameters }) => ({ endpoint: `${name}.db.example.org`, size: parameters["size"] ?? "small" }),
  connection: ({ name, id }) => ({ host: `${name}.db.example.org`, password: `fake-${id}` }),
  refuseDelete: ({ holds }) => (holds > 0 ? "it still has tables in it" : undefined),
};
