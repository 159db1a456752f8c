import { callerFindings } from "./callers.ts";
import { describedButPublished, metricsNotCounted } from "./metrics.ts";
import { openKeyFindings } from "./open-keys.ts";
import { policyFindings } from "./policies.ts";
import { publisherFindings } from "./publishers.ts";
import { compareWithSchemas } from "./resource-schemas.ts";
import { type StageTemplates, StageView } from "./stage-view.ts";
import { vendedLogFindings } from "./vended-logs.ts";

/**
 * Everything in which a stage's templates differ from what AWS publishes of itself: schemas of resources,
 * metrics and their dimensions, the service authorization reference, the fields of its logs.
 */
export async function publishedFindings(
  templates: StageTemplates,
  place: { readonly account: string; readonly region: string },
): Promise<readonly string[]> {
  const view = new StageView(templates, place);
  return [
    ...Object.values(templates).flatMap((template) => compareWithSchemas(template).findings),
    ...metricsNotCounted(view),
    ...describedButPublished().map((name) => `${name} is in AWS's data: describe it no longer`),
    ...vendedLogFindings(view),
    ...publisherFindings(view),
    ...openKeyFindings(view),
    ...callerFindings(view),
    ...(await policyFindings(templates, view)),
  ];
}
