import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Duration, Fn, type Stack } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { StageConfig } from "../../config/stage-config.ts";
import { asBucket } from "../../constructs/as-interface.ts";
import { originSecretVersion, secretValue } from "../../names.ts";

const consoleEdge = join(import.meta.dirname, "../../edge/console-path.cjs");

/** One host for public pages, API and console, so that no cookie and no call crosses to another. */
export function addDistribution(
  stack: Stack,
  props: {
    readonly config: StageConfig;
    readonly api: HttpApi;
    readonly consoleBucket: Bucket;
    readonly firewall: CfnWebACL;
  },
): Distribution {
  const { config } = props;
  const headers = securityHeaders(stack);
  const apiOrigin = new HttpOrigin(Fn.select(2, Fn.split("/", props.api.apiEndpoint)), {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    readTimeout: Duration.seconds(20),
    customHeaders: {
      "x-origin-secret": secretValue(originSecretVersion(config.originSecretVersions[0] ?? "1")),
    },
  });
  return new Distribution(stack, "Distribution", {
    comment: "Throughcare: public pages, API and console",
    domainNames: [config.domainName],
    certificate: Certificate.fromCertificateArn(stack, "Certificate", config.certificateArn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_100,
    enableIpv6: true,
    webAclId: props.firewall.attrArn,
    defaultBehavior: {
      origin: apiOrigin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // Every page is somebody's: nothing is ever kept for the next one.
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: headers,
    },
    additionalBehaviors: {
      "/console*": {
        origin: S3BucketOrigin.withOriginAccessControl(asBucket(props.consoleBucket)),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers,
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new EdgeFunction(stack, "ConsolePath", {
              runtime: FunctionRuntime.JS_2_0,
              code: FunctionCode.fromInline(readFileSync(consoleEdge, "utf8")),
            }),
          },
        ],
      },
    },
  });
}

/** Sent with every answer; a page of ours that is stricter than this keeps its own policy. */
function securityHeaders(stack: Stack): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(stack, "SecurityHeaders", {
    responseHeadersPolicyName: "throughcare",
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy:
          "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'",
        override: false,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      // A link's path must not travel to the next site. On pages under `no-referrer` browsers send
      // `Origin: null` with forms, which the staff's pages take for another site's: those say `same-origin`
      // themselves, the participants' pages, which can do without, `no-referrer`. Both keep what they say.
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: false },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(730),
        includeSubdomains: true,
        preload: true,
        override: true,
      },
    },
    customHeadersBehavior: {
      customHeaders: [
        {
          header: "permissions-policy",
          value: "camera=(), geolocation=(), microphone=(), payment=()",
          override: true,
        },
        { header: "x-robots-tag", value: "noindex, nofollow", override: true },
      ],
    },
    removeHeaders: ["server"],
  });
}
