import { type Breach, breach, p, set, withResource } from "./plant.ts";

export const operationsBreaches: readonly Breach[] = [
  breach(
    "alarm-explained",
    "observability",
    "an alarm says nothing",
    set("AWS::CloudWatch::Alarm", p("AlarmDescription"), "CPU high"),
    "not in the catalogue",
  ),
  breach(
    "alarm-explained",
    "observability",
    "an alarm tells nobody",
    set("AWS::CloudWatch::Alarm", p("AlarmActions"), undefined),
    "tells nobody",
  ),
  breach(
    "deploy-bound",
    "delivery",
    "any branch may deploy",
    set(
      "AWS::IAM::Role",
      p("AssumeRolePolicyDocument", "Statement", 0, "Condition", "StringEquals"),
      { "token.actions.githubusercontent.com:sub": "repo:your-organisation/*" },
    ),
    "by any repository",
  ),
  breach(
    "deploy-bound",
    "delivery",
    "anybody may take a role",
    set("AWS::IAM::Role", p("AssumeRolePolicyDocument", "Statement", 0, "Principal"), { AWS: "*" }),
    "by anybody",
  ),
  breach(
    "known-types",
    "data",
    "a new kind of resource appears",
    withResource("AWS::Scheduler::Schedule", {}),
    "on neither list",
  ),
  breach(
    "template-fits",
    "workflow",
    "a template grows too large",
    (template) => ({
      Resources: {
        ...template.Resources,
        ...Object.fromEntries(
          Array.from({ length: 450 }, (_, index) => [
            `Planted${index}`,
            { Type: "AWS::SNS::Topic" },
          ]),
        ),
      },
    }),
    "resources",
  ),
];
