import { beforeAll, expect, test } from "vitest";
import { resourcesOf } from "../../infra/rules/template.ts";
import { stackNames, stages, synthesised } from "./support/synthesised.ts";

/** Another logical id is another resource: CloudFormation would make an empty one and forget the full one. */
const stateful = [
  "AWS::Backup::BackupVault",
  "AWS::Cognito::UserPool",
  "AWS::DynamoDB::Table",
  "AWS::KMS::Key",
  "AWS::Logs::LogGroup",
  "AWS::S3::Bucket",
  "AWS::SecretsManager::Secret",
  "AWS::SES::EmailIdentity",
  "AWS::SMSVOICE::OptOutList",
  "AWS::SMSVOICE::Pool",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::StepFunctions::StateMachine",
  "AWS::StepFunctions::StateMachineAlias",
];

beforeAll(() => {
  for (const stage of stages) synthesised(stage);
}, 900_000);

test.each(stages)(
  "no resource of %s that holds something has become another one",
  async (stage) => {
    const ids = stackNames.flatMap((stack) =>
      resourcesOf(synthesised(stage)[stack], ...stateful).map(
        ([logicalId, { Type }]) => `${stack} ${Type} ${logicalId}`,
      ),
    );
    // One file for both stages: they may not differ.
    await expect(`${ids.sort().join("\n")}\n`).toMatchFileSnapshot(
      "reviewed/stateful-logical-ids.txt",
    );
  },
);
