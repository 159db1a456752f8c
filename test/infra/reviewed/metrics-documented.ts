/**
 * Metrics that AWS describes in its user guides but not in the data that its construct library is made from.
 * Each was looked up by a person; one that the data knows by now must go from this list.
 */
export type DocumentedMetric = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly source: string;
};

const guide = "https://docs.aws.amazon.com";
const stepFunctions = `${guide}/step-functions/latest/dg/procedure-cw-metrics.html`;
const texts = `${guide}/sms-voice/latest/userguide/monitoring-cloudwatch.html`;

export const documentedMetrics: readonly DocumentedMetric[] = [
  { namespace: "AWS/States", name: "OpenExecutionCount", dimensions: [], source: stepFunctions },
  {
    namespace: "AWS/States",
    name: "ThrottledEvents",
    dimensions: ["ServiceMetric"],
    source: stepFunctions,
  },
  // Counted once the role AWSServiceRoleForSMSVoice is there: the deployment guide makes it.
  { namespace: "AWS/SMSVoice", name: "TextMessageMonthlySpend", dimensions: [], source: texts },
  { namespace: "AWS/SMSVoice", name: "VoiceMessageMonthlySpend", dimensions: [], source: texts },
  {
    namespace: "AWS/Backup",
    name: "NumberOfBackupJobsFailed",
    dimensions: [],
    source: `${guide}/aws-backup/latest/devguide/cloudwatch.html`,
  },
  {
    namespace: "AWS/WAFV2",
    name: "BlockedRequests",
    // Of a distribution's firewall; every other one has its Region beside them.
    dimensions: ["Rule", "WebACL"],
    source: `${guide}/waf/latest/developerguide/monitoring-cloudwatch.html`,
  },
];
