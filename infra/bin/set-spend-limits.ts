import { parseArgs } from "node:util";
import {
  PinpointSMSVoiceV2Client,
  SetTextMessageSpendLimitOverrideCommand,
  SetVoiceMessageSpendLimitOverrideCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { stageNamed } from "../config/stage-named.ts";

// node infra/bin/set-spend-limits.ts --stage production
//
// CloudFormation has no resource for the account's monthly limits, and a custom resource would be a
// function with a role of its own for two calls a year. The alarm on the spend takes the same figure.
const { values } = parseArgs({ options: { stage: { type: "string" } } });
const { region, sms } = stageNamed(values.stage);
const client = new PinpointSMSVoiceV2Client({ region });
const limit = { MonthlyLimit: sms.monthlySpendLimitDollars };
await client.send(new SetTextMessageSpendLimitOverrideCommand(limit));
await client.send(new SetVoiceMessageSpendLimitOverrideCommand(limit));
console.log(`Texts and calls may each cost ${sms.monthlySpendLimitDollars} dollars a month.`);
