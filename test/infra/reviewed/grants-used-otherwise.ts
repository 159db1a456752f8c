/**
 * Grants that no function uses in the scenario of `test/e2e/main-job.test.ts`, each with the reason why it
 * stays. A grant that is used after all, or that is gone, must go from this list.
 */
export type UsedOtherwise = {
  /** A function, a policy's logical id without its hash, or `*` for every function. */
  readonly role: string;
  readonly sid: string;
  /** Of these actions only; all of the statement's where it is left out. */
  readonly actions?: readonly string[];
  /** On resources whose ARN ends so only. */
  readonly resources?: readonly string[];
  readonly reason: string;
};

export const usedOtherwise: readonly UsedOtherwise[] = [
  // What Lambda, DynamoDB and S3 themselves do in a function's name: no call of its code.
  { role: "*", sid: "WriteOwnLogs", reason: "Lambda writes what the function logs." },
  { role: "*", sid: "KeepFailedEvents", reason: "Lambda keeps events that failed to the end." },
  { role: "*", sid: "UseWorkKey", reason: "Lambda opens the environment, the queue its key." },
  { role: "*", sid: "UseTableKeys", reason: "DynamoDB opens a table for whoever reads it." },
  { role: "*", sid: "FollowTable", reason: "Lambda reads the stream and hands its records over." },
  { role: "*", sid: "FindStreams", reason: "Lambda finds the stream when it is set up." },
  { role: "*", sid: "ReadStreamKey", reason: "DynamoDB opens the stream for Lambda." },
  { role: "archive-audit", sid: "UseArchiveKey", reason: "S3 encrypts what is put." },

  {
    role: "staff-api",
    sid: "UseCareTable",
    actions: ["dynamodb:DeleteItem"],
    reason: "A number that is put right takes its links with it; the scenario corrects nobody's.",
  },
  {
    role: "staff-api",
    sid: "UseIdentityTable",
    actions: ["dynamodb:DeleteItem"],
    reason:
      "Two people are told apart again where they were taken for one; the scenario mixes nobody up.",
  },
  {
    role: "participant-site",
    sid: "UseIdentityTable",
    actions: ["dynamodb:GetItem"],
    reason:
      "A person reads the plans that they wanted on their own page; nobody opens it in the scenario.",
  },
  ...["UseCareTable", "UseIdentityTable", "UseAuditTable", "QueryCareIndexes"].map((sid) => ({
    role: "staff-site",
    sid,
    reason:
      "Staff work through the API here. The pages run the same commands, in the browser suite; what their code needs is compared with what they may by a test of its own.",
  })),

  ...["UseCareTable", "UseIdentityTable", "UseAuditTable", "PageStaff", "CallStaff"].map((sid) => ({
    role: "receive-email",
    sid,
    reason: "Nobody of the scenario writes an email; the function's own tests hand it some.",
  })),

  // Other roles than our functions'.
  ...["aftercare", "discharge", "escalation", "intake", "outreach", "weeklyprogram"].flatMap(
    (workflow) => [
      {
        role: `Workflow${workflow}Policy`,
        sid: "CallFunctionVersions",
        reason: "Step Functions calls what the definition names; a test of its own compares them.",
      },
      {
        role: `Workflow${workflow}Policy`,
        sid: "UseWorkKey",
        reason: "Step Functions encrypts what an execution holds.",
      },
    ],
  ),
  { role: "MachineLogDelivery", sid: "DeliverLogs", reason: "Step Functions sets up its own log." },
  { role: "check-origin", sid: "WriteOwnLogs", reason: "As of every function." },
  { role: "check-origin", sid: "KeepFailedEvents", reason: "As of every function." },
  { role: "check-origin", sid: "UseWorkKey", reason: "As of every function." },
  { role: "CanaryPolicy", sid: "FindResults", reason: "The runner of canaries keeps its results." },
  { role: "CanaryPolicy", sid: "UseKey", reason: "The runner of canaries opens its environment." },
  { role: "CanaryPolicy", sid: "WriteLogs", reason: "The runner of canaries logs." },
  { role: "CanaryPolicy", sid: "ReportSuccess", reason: "The runner of canaries counts." },
  { role: "DeployPolicy", sid: "ActAsBootstrap", reason: "A deployment runs outside the account." },

  {
    role: "*",
    sid: "PageStaff",
    resources: ["phone-dev-mesa-staff"],
    reason:
      "Nobody of the scenario's second site is paged; its number is granted as the first one's.",
  },

  // Ways of our own code that neither the main job nor the rest of the scenario takes.
  {
    role: "advance-care",
    sid: "UseCareTable",
    actions: ["dynamodb:ConditionCheckItem"],
    reason:
      "A look that follows an act and finds the workflow over ends the driver; here that is seen after a send.",
  },
  ...[...["advance-care", "page-on-call"], ...["record-delivery", "sweep-stalled-work"]].map(
    (role) => ({
      role,
      sid: "UseIdentityTable",
      actions: ["dynamodb:PutItem"],
      reason:
        "The one commit of all functions keeps a decision's reason there; these functions' have had none.",
    }),
  ),
  {
    role: "sweep-stalled-work",
    sid: "UseIdentityTable",
    actions: ["dynamodb:GetItem", "dynamodb:DeleteItem"],
    reason:
      "Hands the words of a text to its episodes where the stream did not; here it always did.",
  },
  {
    role: "receive-sms",
    sid: "UseCareTable",
    actions: ["dynamodb:UpdateItem"],
    reason: "A reply goes the way of all sends, which counts routine messages; no reply is one.",
  },
  {
    role: "carry-out-effects",
    sid: "RunFunctions",
    resources: ["send-message"],
    reason: "Sends what no workflow holds, such as the notice of a cancelled session.",
  },
  {
    role: "sweep-stalled-work",
    sid: "RunFunctions",
    reason: "Sends and pages in the place of carry-out-effects where the stream stood still.",
  },
  ...["carry-out-effects", "sweep-stalled-work"].map((role) => ({
    role,
    sid: "UseIdentityTable",
    actions: ["dynamodb:BatchGetItem"],
    reason:
      "Reads the releases of somebody who comes back, to bring along those that still count; here nobody has any.",
  })),
];
