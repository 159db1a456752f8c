import { Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import {
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { StageConfig } from "../../config/stage-config.ts";
import type { CareFunction } from "../../constructs/care-function.ts";
import type { OriginCheck } from "../../constructs/origin-check.ts";
import { routes, type WebFunction } from "./routes.ts";

/** Requests a second, and at once, over all callers together. */
const throttle = { rateLimit: 200, burstLimit: 400 };

/** The one HTTP API behind the distribution. */
export function addApi(
  stack: Stack,
  props: {
    readonly config: StageConfig;
    readonly functions: Readonly<Record<WebFunction, CareFunction>>;
    readonly originCheck: OriginCheck;
    readonly logKey: IKey;
  },
): HttpApi {
  const integrations = new Map<WebFunction, HttpLambdaIntegration>();
  const integrationOf = (name: WebFunction) => {
    const known = integrations.get(name);
    if (known !== undefined) return known;
    const made = new HttpLambdaIntegration(`Call-${name}`, props.functions[name].function, {
      timeout: Duration.seconds(15),
    });
    integrations.set(name, made);
    return made;
  };
  const api = new HttpApi(stack, "Api", {
    apiName: "throughcare",
    createDefaultStage: false,
    defaultIntegration: integrationOf(routes[routes.length - 1]?.answeredBy ?? "participant-site"),
    defaultAuthorizer: new HttpLambdaAuthorizer("FromDistribution", props.originCheck.function, {
      authorizerName: "from-distribution",
      identitySource: ["$request.header.x-origin-secret"],
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      // The answer depends on the header alone, so one check serves for an hour.
      resultsCacheTtl: Duration.hours(1),
    }),
  });
  for (const { prefix, answeredBy } of routes) {
    if (prefix === "/") continue;
    for (const path of [prefix, `${prefix}/{proxy+}`])
      api.addRoutes({ path, methods: [HttpMethod.ANY], integration: integrationOf(answeredBy) });
  }
  const logs = new LogGroup(stack, "ApiAccessLogs", {
    logGroupName: "/throughcare/access/api",
    encryptionKey: props.logKey,
    retention: props.config.retention.logDays satisfies RetentionDays,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  new HttpStage(stack, "ApiStage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle,
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logs),
      format: AccessLogFormat.custom(accessLogFormat),
    },
  });
  return api;
}

/** The route and never the path: a link's path opens somebody's form. */
const accessLogFormat = JSON.stringify({
  requestId: "$context.requestId",
  time: "$context.requestTime",
  route: "$context.routeKey",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
});
