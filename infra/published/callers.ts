import { at, listOf } from "../rules/template.ts";
import { matchesPattern } from "./conditions.ts";
import type { StageView } from "./stage-view.ts";

type Caller = {
  readonly service: string;
  readonly source: string;
  /** The function's ARN. */
  readonly called: string;
  readonly by: string;
};

/** Where a topic, a rule or the API hands something to a function that does not let it in. */
export function callerFindings(view: StageView): readonly string[] {
  const functions = view.resources("AWS::Lambda::Function");
  const arns = new Map(functions.map((made) => [view.arn(made), made] as const));
  const permissions = view.resources("AWS::Lambda::Permission").map((placed) => ({
    service: view.read(placed, "Principal"),
    source: String(view.read(placed, "SourceArn") ?? "*"),
    called: String(view.read(placed, "FunctionName")),
  }));
  return callers(view)
    .filter(({ called }) => arns.has(called))
    .filter(({ service, source, called }) => {
      const name = String(at(arns.get(called)?.resource.Properties, "FunctionName"));
      return !permissions.some(
        (one) =>
          one.service === service &&
          [called, name].includes(one.called) &&
          matchesPattern(one.source, source),
      );
    })
    .map(({ service, called, by }) => `${by}: ${called} lets no ${service} in`);
}

function callers(view: StageView): readonly Caller[] {
  const topics = view.resources("AWS::SNS::Subscription").map((placed) => ({
    service: "sns.amazonaws.com",
    source: String(view.read(placed, "TopicArn")),
    called: String(view.read(placed, "Endpoint")),
    by: placed.logicalId,
  }));
  const rules = view.resources("AWS::Events::Rule").flatMap((placed) =>
    listOf(view.read(placed, "Targets")).map((target) => ({
      service: "events.amazonaws.com",
      source: view.arn(placed),
      called: String(at(target, "Arn")),
      by: placed.logicalId,
    })),
  );
  return [...topics, ...rules];
}
