import { beforeAll, describe, expect, test } from "vitest";
import { functions } from "../../infra/functions/catalogue.ts";
import { at, listOf, resourcesOf, text } from "../../infra/rules/template.ts";
import { routes } from "../../infra/stacks/web/routes.ts";
import { type StackName, stages, synthesised } from "./support/synthesised.ts";

beforeAll(() => {
  for (const stage of stages) synthesised(stage);
}, 900_000);

/** The ids of AWS's own policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const dayInSeconds = 86_400;

describe.each(stages)("the public host of %s", (stage) => {
  const all = (type: string, stack: StackName = "web") =>
    resourcesOf(synthesised(stage)[stack], type).map(([, { Properties }]) => Properties);
  const headers = () =>
    at(all("AWS::CloudFront::ResponseHeadersPolicy")[0], "ResponseHeadersPolicyConfig");
  const rules = () => listOf(at(all("AWS::WAFv2::WebACL")[0], "Rules"));

  test("keeps no page for the next reader", () => {
    const distribution = at(all("AWS::CloudFront::Distribution")[0], "DistributionConfig");
    expect(at(distribution, "DefaultCacheBehavior", "CachePolicyId")).toBe(cachingDisabled);
    const kept = listOf(at(distribution, "CacheBehaviors"))
      .filter((behavior) => at(behavior, "CachePolicyId") !== cachingDisabled)
      .map((behavior) => at(behavior, "PathPattern"));
    expect(kept).toEqual(["/console*"]);
  });

  test("leaves each page the stricter policy that it says itself, and browsers on https for a year", () => {
    const security = at(headers(), "SecurityHeadersConfig");
    expect(at(security, "ContentSecurityPolicy", "Override")).toBe(false);
    expect(at(security, "ReferrerPolicy", "Override")).toBe(false);
    expect(at(security, "FrameOptions")).toEqual({ FrameOption: "DENY", Override: true });
    const https = at(security, "StrictTransportSecurity");
    expect(Number(at(https, "AccessControlMaxAgeSec"))).toBeGreaterThanOrEqual(365 * dayInSeconds);
    expect(at(https, "Override")).toBe(true);
  });

  test("blocks who sends too much and what AWS's lists know as an attack, and does not only count it", () => {
    expect(rules().length).toBe(5);
    for (const rule of rules()) {
      const isRate = at(rule, "Statement", "RateBasedStatement") !== undefined;
      const name = String(at(rule, "Name"));
      if (isRate)
        expect(at(rule, "Action"), name).toEqual({
          Block: { CustomResponse: { ResponseCode: 429 } },
        });
      else expect(at(rule, "OverrideAction"), name).toEqual({ None: {} });
    }
    const onlyCounted = rules().flatMap((rule) =>
      listOf(at(rule, "Statement", "ManagedRuleGroupStatement", "RuleActionOverrides")).map(
        (override) => at(override, "Name"),
      ),
    );
    expect(onlyCounted).toEqual(["SizeRestrictions_BODY"]);
  });

  test("limits referrals from one address on every way in, whatever follows its path", () => {
    const limit = rules().find((rule) => at(rule, "Name") === "referrals-per-address");
    const paths = listOf(
      at(
        limit,
        "Statement",
        "RateBasedStatement",
        "ScopeDownStatement",
        "OrStatement",
        "Statements",
      ),
    ).map((one) => [
      at(one, "ByteMatchStatement", "SearchString"),
      at(one, "ByteMatchStatement", "PositionalConstraint"),
    ]);
    expect(paths).toEqual([
      ["/api/v1/intakes", "STARTS_WITH"],
      ["/start", "STARTS_WITH"],
    ]);
  });

  test("keeps what would tell who read what out of the firewall's log", () => {
    const redacted = text(at(all("AWS::WAFv2::LoggingConfiguration")[0], "RedactedFields"));
    for (const field of ["UriPath", "QueryString", '"cookie"', '"authorization"', '"referer"'])
      expect(redacted).toContain(field);
  });

  test("waits as long for a function as it may take", () => {
    const longest = Math.max(...routes.map((route) => functions[route.answeredBy].timeoutSeconds));
    const waits = all("AWS::ApiGatewayV2::Integration").map((integration) =>
      Number(at(integration, "TimeoutInMillis") ?? 30_000),
    );
    expect(waits.length).toBe(routes.length);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(longest * 1000);
    const origin = listOf(
      at(all("AWS::CloudFront::Distribution")[0], "DistributionConfig", "Origins"),
    ).find((one) => at(one, "CustomOriginConfig") !== undefined);
    expect(Number(at(origin, "CustomOriginConfig", "OriginReadTimeout"))).toBeGreaterThan(longest);
    const rate = at(all("AWS::ApiGatewayV2::Stage")[0], "DefaultRouteSettings");
    // A clinic of a hundred staff, and a morning on which everybody opens their week.
    expect(Number(at(rate, "ThrottlingRateLimit"))).toBeGreaterThanOrEqual(100);
  });

  test("leads staff from the sign-in back to the pages, with long passwords and short tokens", () => {
    const client = all("AWS::Cognito::UserPoolClient")[0];
    const host = at(all("AWS::CloudFront::Distribution")[0], "DistributionConfig", "Aliases", 0);
    expect(listOf(at(client, "CallbackURLs"))).toContain(`https://${host}/staff/signed-in`);
    expect(listOf(at(client, "LogoutURLs"))).toContain(`https://${host}/staff`);
    expect(Number(at(client, "AccessTokenValidity"))).toBeLessThanOrEqual(60);
    expect(at(client, "EnableTokenRevocation")).toBe(true);
    const password = at(all("AWS::Cognito::UserPool")[0], "Policies", "PasswordPolicy");
    expect(Number(at(password, "MinimumLength"))).toBeGreaterThanOrEqual(14);
  });

  test("looks through the mail that people send, and tells bounces to a function and nobody else", () => {
    const rule = at(all("AWS::SES::ReceiptRule", "messaging")[0], "Rule");
    expect(at(rule, "ScanEnabled")).toBe(true);
    // Anything else breaks what is not in English letters.
    expect(at(rule, "Actions", 0, "SNSAction", "Encoding")).toBe("Base64");
    for (const identity of all("AWS::SES::EmailIdentity", "messaging"))
      expect(at(identity, "FeedbackAttributes", "EmailForwardingEnabled")).toBe(false);
  });

  test("texts and rings the United States alone of the numbers that begin with +1", () => {
    const protection = all("AWS::SMSVOICE::ProtectConfiguration", "messaging")[0];
    for (const kind of ["SMS", "VOICE", "MMS"]) {
      const allowed = listOf(at(protection, "CountryRuleSet", kind))
        .filter((rule) => at(rule, "ProtectStatus") !== "BLOCK")
        .map((rule) => at(rule, "CountryCode"));
      expect(allowed, kind).toEqual(["US"]);
    }
  });

  test("says with the first failure that the on-call or a text of somebody was not reached, and when an alarm is over", () => {
    const alarms = (["workflow", "observability", "messaging", "web"] as const).flatMap((stack) =>
      all("AWS::CloudWatch::Alarm", stack),
    );
    const named = (id: string) =>
      alarms.filter((alarm) => String(at(alarm, "AlarmDescription")).startsWith(`${id}: `));
    for (const id of ["pages-failing", "page-undelivered", "texts-not-received", "audit-changed"]) {
      expect(named(id).length, id).toBeGreaterThan(0);
      for (const alarm of named(id))
        expect([at(alarm, "Threshold"), at(alarm, "EvaluationPeriods")], id).toEqual([1, 1]);
    }
    for (const alarm of alarms) expect(at(alarm, "OKActions")).toEqual(at(alarm, "AlarmActions"));
  });
});
