import { at, eachResource, isRecord, listOf, type Rule, resourcesOf, text } from "./template.ts";

/** Fields of access logs that would hold the path of a link, or who opened it. */
const tellingFields = /\$context\.(path|resourcePath|domainName|identity|customDomain)|\$request/;
const tellingColumns = [
  "cs-uri-stem",
  "cs-uri-query",
  "cs(Cookie)",
  "cs(Referer)",
  "c-ip",
  "x-forwarded-for",
];

/** What the rule packs do not know of the public host and of sign-in. */
export const webRules: readonly Rule[] = [
  eachResource(
    "api-log-without-path",
    "The API's access log holds the route, never the path: a link's path opens somebody's form.",
    ["AWS::ApiGatewayV2::Stage"],
    (stage) => {
      const format = at(stage, "AccessLogSettings", "Format");
      if (format === undefined) return "has no access log";
      if (tellingFields.test(text(format))) return "logs the path or the person";
      return !text(format).includes("$context.routeKey") && "does not log the route";
    },
  ),
  eachResource(
    "api-throttled",
    "The API takes no more than a set rate.",
    ["AWS::ApiGatewayV2::Stage"],
    (stage) =>
      at(stage, "DefaultRouteSettings", "ThrottlingRateLimit") === undefined && "takes everything",
  ),
  eachResource(
    "route-behind-firewall",
    "No route of the API can be called past the distribution and its firewall.",
    ["AWS::ApiGatewayV2::Route"],
    (route) => at(route, "AuthorizationType") !== "CUSTOM" && "can be called by anybody",
  ),
  eachResource(
    "firewall-log-without-path",
    "The firewall's log and samples hold no path, query, cookie or token.",
    ["AWS::WAFv2::LoggingConfiguration"],
    (logging) => {
      const redacted = text(at(logging, "RedactedFields"));
      const needed = ['"UriPath"', '"QueryString"', '"authorization"', '"cookie"'];
      const missing = needed.filter((field) => !redacted.includes(field));
      return missing.length > 0 && `logs ${missing.join(", ")}`;
    },
  ),
  eachResource(
    "firewall-without-samples",
    "The firewall keeps no samples of requests and limits the rate of every address.",
    ["AWS::WAFv2::WebACL"],
    (firewall) => {
      if (/"SampledRequestsEnabled":true/.test(text(firewall))) return "keeps samples";
      return !text(firewall).includes('"RateBasedStatement"') && "limits no rate";
    },
  ),
  eachResource(
    "firewall-reads-decoded-paths",
    "The firewall compares a path as the origin reads it: decoded and normalised, so that /%73tart is /start.",
    ["AWS::WAFv2::WebACL"],
    (firewall) => {
      for (const match of pathMatches(firewall)) {
        const types = listOf(at(match, "TextTransformations"))
          .toSorted((left, right) => Number(at(left, "Priority")) - Number(at(right, "Priority")))
          .map((one) => String(at(one, "Type")));
        const decoded = types.indexOf("URL_DECODE");
        if (decoded < 0) return "compares paths as they were sent";
        if (types.indexOf("NORMALIZE_PATH") < decoded) return "does not normalise decoded paths";
      }
      return undefined;
    },
  ),
  {
    id: "distribution-log-without-path",
    statement:
      "The distribution's access log has chosen fields, and none of them tells the path or the person.",
    find: (template) =>
      resourcesOf(template, "AWS::CloudFront::Distribution").flatMap(
        ([logicalId, { Properties }]) => {
          if (at(Properties, "DistributionConfig", "Logging") !== undefined)
            return [{ logicalId, problem: "has the kind of log that holds the path" }];
          const deliveries = resourcesOf(template, "AWS::Logs::Delivery");
          if (deliveries.length === 0) return [{ logicalId, problem: "has no access log" }];
          return deliveries.flatMap(([deliveryId, delivery]) => {
            const fields = listOf(at(delivery.Properties, "RecordFields"));
            const telling = fields.filter((field) => tellingColumns.includes(String(field)));
            return fields.length === 0 || telling.length > 0
              ? [{ logicalId: deliveryId, problem: `keeps ${telling.join(", ") || "every field"}` }]
              : [];
          });
        },
      ),
  },
  eachResource(
    "distribution-closed",
    "The distribution speaks TLS 1.2 or newer, sends http on to https and stands behind the firewall.",
    ["AWS::CloudFront::Distribution"],
    ({ DistributionConfig: config }) => {
      if (at(config, "WebACLId") === undefined) return "has no firewall";
      if (!/^TLSv1\.[23]/.test(String(at(config, "ViewerCertificate", "MinimumProtocolVersion"))))
        return "speaks old TLS";
      const behaviors = [
        at(config, "DefaultCacheBehavior"),
        ...listOf(at(config, "CacheBehaviors")),
      ];
      for (const behavior of behaviors) {
        if (at(behavior, "ViewerProtocolPolicy") !== "redirect-to-https")
          return "answers over http";
        if (at(behavior, "ResponseHeadersPolicyId") === undefined)
          return "sends no security headers";
      }
      return undefined;
    },
  ),
  eachResource(
    "forms-name-their-origin",
    "Nothing hides from our own forms where they come from, nor tells other sites what was read here.",
    ["AWS::CloudFront::ResponseHeadersPolicy"],
    ({ ResponseHeadersPolicyConfig: config }) => {
      const referrer = at(config, "SecurityHeadersConfig", "ReferrerPolicy");
      if (at(referrer, "ReferrerPolicy") !== "same-origin") return "is not same-origin";
      return at(referrer, "Override") !== false && "takes the place of the page's own policy";
    },
  ),
  eachResource(
    "sign-in-second-factor",
    "Staff sign in with a second factor that is no text, and nobody makes an account for themself.",
    ["AWS::Cognito::UserPool"],
    (pool) => {
      if (at(pool, "MfaConfiguration") !== "ON") return "a second factor is not needed";
      if (listOf(at(pool, "EnabledMfas")).includes("SMS_MFA"))
        return "a text counts as a second factor";
      return (
        at(pool, "AdminCreateUserConfig", "AllowAdminCreateUserOnly") !== true &&
        "anybody can make an account"
      );
    },
  ),
  eachResource(
    "sign-in-by-code",
    "Sign-in hands tokens over by code only, and they end within a day.",
    ["AWS::Cognito::UserPoolClient"],
    (client) => {
      const flows = listOf(at(client, "AllowedOAuthFlows"));
      if (flows.length !== 1 || flows[0] !== "code") return "hands tokens over in addresses";
      if (at(client, "PreventUserExistenceErrors") !== "ENABLED") return "tells who has an account";
      const minutes = Number(at(client, "RefreshTokenValidity") ?? Number.POSITIVE_INFINITY);
      return (
        (!isRecord(at(client, "TokenValidityUnits")) || minutes > 24 * 60) && "tokens last too long"
      );
    },
  ),
];

/** Every comparison with the path of a request, however deep in the statements. */
function pathMatches(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(pathMatches);
  if (!isRecord(value)) return [];
  const isPathMatch = at(value, "FieldToMatch", "UriPath") !== undefined;
  return isPathMatch ? [value] : Object.values(value).flatMap(pathMatches);
}
