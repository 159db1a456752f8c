import { Aws, CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import {
  CfnOIDCProvider,
  ManagedPolicy,
  PolicyStatement,
  Role,
  WebIdentityPrincipal,
} from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { StageConfig } from "../config/stage-config.ts";

const issuer = "token.actions.githubusercontent.com";
/** The qualifier of the roles that `cdk bootstrap` makes where nobody chose another. */
const bootstrap = "hnb659fds";

/**
 * Lets the repository's deployments in, without a key that could be stolen: each run shows who it is. It may
 * then do what `cdk bootstrap` allows and nothing else. Deployed once by hand, before the first automatic one.
 */
export class DeliveryStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly config: StageConfig }) {
    super(scope, id, props);
    const { stage, github } = props.config;
    // An account has one provider of an issuer at most, and another project may have made it.
    const providerArn =
      github.identityProvider === "reuse"
        ? `arn:aws:iam::${Aws.ACCOUNT_ID}:oidc-provider/${issuer}`
        : new CfnOIDCProvider(this, "GitHub", {
            url: `https://${issuer}`,
            clientIdList: ["sts.amazonaws.com"],
          }).attrArn;
    const role = new Role(this, "DeployRole", {
      roleName: `throughcare-deploy-${stage}`,
      description: "Deploys the stacks from the repository",
      maxSessionDuration: Duration.hours(1),
      assumedBy: new WebIdentityPrincipal(providerArn, {
        StringEquals: {
          [`${issuer}:aud`]: "sts.amazonaws.com",
          // The environment of this name, where people must approve; no branch and no pull request.
          [`${issuer}:sub`]: `repo:${github.repository}:environment:${stage}`,
        },
      }),
    });
    role.addManagedPolicy(
      new ManagedPolicy(this, "DeployPolicy", {
        statements: [
          new PolicyStatement({
            sid: "ActAsBootstrap",
            actions: ["sts:AssumeRole"],
            resources: ["deploy-role", "file-publishing-role", "lookup-role"].map(
              (name) =>
                `arn:aws:iam::${Aws.ACCOUNT_ID}:role/cdk-${bootstrap}-${name}-${Aws.ACCOUNT_ID}-${this.region}`,
            ),
          }),
        ],
      }),
    );
    new CfnOutput(this, "DeployRoleArn", {
      description: "The variable AWS_DEPLOY_ROLE_ARN of the repository's environment",
      value: role.roleArn,
    });
  }
}
