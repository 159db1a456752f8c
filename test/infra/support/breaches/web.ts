import { type Breach, breach, p, set } from "./plant.ts";

const headers = "AWS::CloudFront::ResponseHeadersPolicy";
const referrer = (field: string) =>
  p("ResponseHeadersPolicyConfig", "SecurityHeadersConfig", "ReferrerPolicy", field);

export const webBreaches: readonly Breach[] = [
  breach(
    "forms-name-their-origin",
    "web",
    "browsers send Origin: null with the staff's forms",
    set(headers, referrer("ReferrerPolicy"), "no-referrer"),
    "not same-origin",
  ),
  breach(
    "forms-name-their-origin",
    "web",
    "the edge takes the place of what pages say",
    set(headers, referrer("Override"), true),
    "own policy",
  ),
  breach(
    "api-log-without-path",
    "web",
    "the log holds the path",
    set(
      "AWS::ApiGatewayV2::Stage",
      p("AccessLogSettings", "Format"),
      '{"r":"$context.routeKey","p":"$context.path"}',
    ),
    "the path",
  ),
  breach(
    "api-throttled",
    "web",
    "the API takes everything",
    set("AWS::ApiGatewayV2::Stage", p("DefaultRouteSettings", "ThrottlingRateLimit"), undefined),
    "everything",
  ),
  breach(
    "route-behind-firewall",
    "web",
    "a route can be called by anybody",
    set("AWS::ApiGatewayV2::Route", p("AuthorizationType"), "NONE"),
    "by anybody",
  ),
  breach(
    "firewall-log-without-path",
    "web",
    "the firewall logs paths",
    set("AWS::WAFv2::LoggingConfiguration", p("RedactedFields"), [{ QueryString: {} }]),
    "UriPath",
  ),
  breach(
    "firewall-without-samples",
    "web",
    "the firewall keeps samples",
    set("AWS::WAFv2::WebACL", p("VisibilityConfig", "SampledRequestsEnabled"), true),
    "samples",
  ),
  breach(
    "firewall-reads-decoded-paths",
    "web",
    "the firewall compares paths as they were sent",
    set(
      "AWS::WAFv2::WebACL",
      p(
        "Rules",
        1,
        "Statement",
        "RateBasedStatement",
        "ScopeDownStatement",
        "OrStatement",
        "Statements",
        0,
        "ByteMatchStatement",
        "TextTransformations",
      ),
      [{ Priority: 0, Type: "LOWERCASE" }],
    ),
    "as they were sent",
  ),
  breach(
    "distribution-log-without-path",
    "web",
    "the log keeps the path",
    set("AWS::Logs::Delivery", p("RecordFields", 0), "cs-uri-stem"),
    "cs-uri-stem",
  ),
  breach(
    "distribution-log-without-path",
    "web",
    "the older kind of log is on",
    set("AWS::CloudFront::Distribution", p("DistributionConfig", "Logging"), { Bucket: "logs" }),
    "holds the path",
  ),
  breach(
    "distribution-closed",
    "web",
    "pages answer over http",
    set(
      "AWS::CloudFront::Distribution",
      p("DistributionConfig", "DefaultCacheBehavior", "ViewerProtocolPolicy"),
      "allow-all",
    ),
    "over http",
  ),
  breach(
    "distribution-closed",
    "web",
    "there is no firewall",
    set("AWS::CloudFront::Distribution", p("DistributionConfig", "WebACLId"), undefined),
    "no firewall",
  ),
  breach(
    "sign-in-second-factor",
    "web",
    "a password is enough",
    set("AWS::Cognito::UserPool", p("MfaConfiguration"), "OPTIONAL"),
    "not needed",
  ),
  breach(
    "sign-in-second-factor",
    "web",
    "anybody can make an account",
    set("AWS::Cognito::UserPool", p("AdminCreateUserConfig", "AllowAdminCreateUserOnly"), false),
    "anybody",
  ),
  breach(
    "sign-in-by-code",
    "web",
    "tokens stand in addresses",
    set("AWS::Cognito::UserPoolClient", p("AllowedOAuthFlows"), ["implicit"]),
    "in addresses",
  ),
];
