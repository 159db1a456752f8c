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
