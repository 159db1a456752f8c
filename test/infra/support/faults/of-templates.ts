import { p, set, setWhere, withResource } from "../breaches/plant.ts";
import { type Fault, fault } from "./fault.ts";

const alarm = "AWS::CloudWatch::Alarm";
const pool = "AWS::SMSVOICE::Pool";

/** Of the resources' schemas. */
export const schemaFaults: readonly Fault[] = [
  fault(
    "a property is misspelt",
    "data",
    set("AWS::DynamoDB::Table", p("BilingMode"), "x"),
    "no such property",
  ),
  fault(
    "a word is none of those that are allowed",
    "workflow",
    set("AWS::StepFunctions::StateMachine", p("StateMachineType"), "STANDART"),
    "not one of STANDARD, EXPRESS",
  ),
  fault(
    "a number is text",
    "workflow",
    set("AWS::Lambda::Function", p("Timeout"), "soon"),
    "not a integer",
  ),
  fault(
    "what must be there is missing",
    "messaging",
    set(pool, p("MandatoryKeywords"), undefined),
    "must be there",
  ),
  fault(
    "what must be there is missing further in",
    "messaging",
    set(pool, p("MandatoryKeywords", "STOP"), undefined),
    "must be there",
  ),
  fault(
    "a list is one thing",
    "messaging",
    set(pool, p("OriginationIdentities"), "phone-x"),
    "not a list",
  ),
  fault(
    "what can be read only is set",
    "messaging",
    set(pool, p("PoolId"), "pool-x"),
    "can be read only",
  ),
  fault(
    "a type does not exist",
    "data",
    withResource("AWS::SMSVoice::Pool", {}),
    "publishes no type",
  ),
  fault(
    "an attribute does not exist",
    "data",
    withResource("AWS::SNS::Topic", {
      TopicName: { "Fn::GetAtt": ["CareTable9ECAAF19", "TableArn"] },
    }),
    "has no attribute",
  ),
];

/** Of metrics and logs. */
export const metricFaults: readonly Fault[] = [
  fault(
    "an alarm counts a table's errors over all operations",
    "observability",
    withResource(alarm, {
      Namespace: "AWS/DynamoDB",
      MetricName: "SystemErrors",
      Dimensions: [{ Name: "TableName", Value: "throughcare-care" }],
    }),
    "nothing counts AWS/DynamoDB SystemErrors",
  ),
  fault(
    "an alarm counts an operation that there is not",
    "observability",
    withResource(alarm, {
      Namespace: "AWS/DynamoDB",
      MetricName: "SystemErrors",
      Dimensions: [
        { Name: "TableName", Value: "throughcare-care" },
        { Name: "Operation", Value: "PutItems" },
      ],
    }),
    "PutItems",
  ),
  fault(
    "an alarm counts a metric of another API",
    "observability",
    setWhere(alarm, '"5xx"', p("MetricName"), "5XXError"),
    "5XXError",
  ),
  fault(
    "an alarm names no dimension",
    "workflow",
    setWhere(alarm, '"ExecutionsFailed"', p("Dimensions"), undefined),
    "ExecutionsFailed",
  ),
  fault(
    "an alarm counts what no log says",
    "observability",
    setWhere(alarm, '"PageUndelivered"', p("MetricName"), "PageLost"),
    "nothing counts Throughcare PageLost",
  ),
  fault(
    "the distribution's log asks for a field that is none",
    "web",
    set("AWS::Logs::Delivery", p("RecordFields", 0), "day"),
    "has no field day",
  ),
  fault(
    "the distribution's log is of a kind that is none",
    "web",
    set("AWS::Logs::DeliverySource", p("LogType"), "STANDARD_LOGS"),
    "delivers no STANDARD_LOGS",
  ),
];
