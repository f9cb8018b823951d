import { type Composite } from "trimtab";
import { type XBucket } from "../../xrds/xbucket.js";

type CorsRule = Composite<typeof XBucket>["spec"]["cors"][number];

/** What S3 refuses in a rule, each with its field and the remedy (Amazon S3 User Guide, elements of a CORS configuration). */
export function corsRefusals(rule: CorsRule, field: string): readonly string[] {
  const { allowedOrigins, allowedHeaders = [], exposeHeaders = [] } = rule;
  return [
    ...starRefusals(allowedOrigins, 1, `${field}.allowedOrigins`),
    ...starRefusals(allowedHeaders, 1, `${field}.allowedHeaders`),
    ...starRefusals(exposeHeaders, 0, `${field}.exposeHeaders`),
  ];
}

function starRefusals(values: readonly string[], most: number, field: string): readonly string[] {
  const remedy = most > 0 ? "more than one *: use one at most" : "a *: name each header";
  return values.flatMap((value, index) =>
    value.split("*").length - 1 > most ? [`${field}[${index}] ${value} holds ${remedy}`] : [],
  );
}
