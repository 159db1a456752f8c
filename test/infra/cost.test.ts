import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import type { Io } from "../../cli/command.ts";
import { costCommands } from "../../cli/commands/cost.ts";
import { countedSchema } from "../../cli/cost/counted-usage.ts";
import { flatPart, keptDailyBackups } from "../../cli/cost/flat-part.ts";
import { runThroughcare } from "../../cli/main.ts";
import { production } from "../../infra/config/production.ts";
import { functions } from "../../infra/functions/catalogue.ts";
import { at, listOf, resourcesOf } from "../../infra/rules/template.ts";
import { functionMemoryMb } from "../../local/simulation/assumptions.ts";
import { stackNames, synthesised } from "./support/synthesised.ts";

const answerSchema = z.object({
  month: z.object({ lines: z.array(z.object({ service: z.string() })), dollars: z.number() }),
  pathway: z.object({
    dollarsWithoutTexts: z.number(),
    textDollars: z.number(),
    aimDollars: z.number(),
    isWithinAim: z.boolean(),
  }),
  counted: countedSchema.shape.usage,
  assumptions: z.array(z.string()),
});

function outside() {
  const said = { out: "", err: "" };
  const io: Io = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    env: {},
    cwd: process.cwd(),
    fetch: async () => {
      throw new Error("The cost is worked out without any server");
    },
    isColored: false,
  };
  return { io, said };
}

async function cost(...words: readonly string[]) {
  const { io, said } = outside();
  return { code: await runThroughcare(["cost", ...words], io), ...said };
}

describe("throughcare cost", () => {
  let answer: z.infer<typeof answerSchema>;
  let progress = "";
  beforeAll(async () => {
    const { code, out, err } = await cost("--participants", "100", "--json");
    expect(code, err).toBe(0);
    progress = err;
    answer = answerSchema.parse(JSON.parse(out));
  }, 900_000);
  const each = (total: number) => total / answer.counted.participants;

  it("counts the reference pathway: some 50 messages, attendance of every session, to the closing", () => {
    const { messages, days } = answer.counted;
    const all = Object.values(messages).reduce((sum, one) => sum + one, 0);
    expect(each(all)).toBeGreaterThanOrEqual(46);
    expect(each(all)).toBeLessThan(56);
    expect(each(messages["weekly-text"] ?? 0)).toBe(6);
    expect(each(messages["check-in"] ?? 0)).toBe(7);
    expect(each(messages["aftercare-closed"] ?? 0)).toBe(1);
    expect(days).toBeGreaterThan(365);
  });

  it("costs no more than 300 paid transitions and 2 cents without texts", () => {
    expect(each(answer.counted.transitions.total)).toBeLessThanOrEqual(300);
    expect(answer.pathway.dollarsWithoutTexts).toBeLessThanOrEqual(0.02);
  });

  it("includes logs, keys and every function that the pathway calls", () => {
    const { counted } = answer;
    expect(counted.logBytes).toBeGreaterThan(0);
    expect(counted.keyCalls).toBeGreaterThan(0);
    expect(Object.keys(counted.functions).sort()).toEqual([
      ...["advance-care", "archive-audit", "carry-out-effects", "hold-care", "participant-site"],
      ...["record-delivery", "send-message", "staff-api", "sweep-stalled-work"],
    ]);
    // Three reports of a text and two of an email, each a call of its own.
    expect(counted.functions["record-delivery"]?.calls).toBe(counted.reports);
    expect(counted.reports).toBe(3 * counted.sms.messages + 2 * counted.email.messages);
    expect(counted.sms.parts).toBe(counted.sms.messages);
  });

  it("says whether a pathway keeps within two cents, and how far it is over them; and counts the same with the same seed", async () => {
    const { dollarsWithoutTexts: spent, aimDollars, isWithinAim } = answer.pathway;
    expect(aimDollars).toBe(0.02);
    expect(isWithinAim).toBe(spent <= aimDollars);
    // Counting takes long: what it says and what it gives as data come from one run.
    const { io } = outside();
    const again = await costCommands[0]?.run({ args: [], options: { participants: "1000" }, io });
    expect(again?.text).toContain(
      isWithinAim ? "and this is within it" : `this is $${(spent - aimDollars).toFixed(4)} over it`,
    );
    expect(again?.text).toContain("A month with 1000 people on the pathway");
    for (const what of ["alarms", "GB of logs", "keys", "requests", "metrics of functions"])
      expect(again?.text).toContain(what);
    expect(answerSchema.parse(again?.json).counted).toEqual(answer.counted);
  }, 900_000);

  it("says what it does on the way and what it assumes", () => {
    expect(progress).toContain("Week 6 of 6");
    expect(answer.assumptions.length).toBeGreaterThan(8);
    expect(answer.month.lines.map((line) => line.service)).toContain("SMS");
  });

  it.each([
    [[], "Say for how many people"],
    [["--participants", "0"], "whole number from 1 on"],
    [["--participants", "many"], "whole number from 1 on"],
    [["--participants", "10", "--seed", "-1"], "whole number from 1 on"],
  ])("is called wrongly with %j", async (words, sentence) => {
    const { code, out, err } = await cost(...words);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(sentence);
  });
});

describe("the flat part of the bill", () => {
  const templates = synthesised("production");
  const count = (type: string) =>
    stackNames.reduce((sum, stack) => sum + resourcesOf(templates[stack], type).length, 0);
  const quantityOf = (what: string) => flatPart.find((line) => line.what === what)?.quantity;

  it.each([
    ["keys", "AWS::KMS::Key"],
    ["metrics of logs", "AWS::Logs::MetricFilter"],
    ["dashboards", "AWS::CloudWatch::Dashboard"],
    ["web ACLs", "AWS::WAFv2::WebACL"],
    ["secrets", "AWS::SecretsManager::Secret"],
    ["phone numbers", "AWS::SMSVOICE::Pool"],
  ])("has as many %s as the stacks", (what, type) => {
    expect(quantityOf(what)).toBe(count(type));
  });

  it("has as many alarms as the stacks, each as often as it reads a metric", () => {
    const alarms = stackNames.flatMap((stack) =>
      resourcesOf(templates[stack], "AWS::CloudWatch::Alarm"),
    );
    const read = alarms.map(([, { Properties }]) => {
      const inMath = listOf(at(Properties, "Metrics")).filter(
        (query) => at(query, "MetricStat") !== undefined,
      );
      return Math.max(1, inMath.length);
    });
    expect(quantityOf("alarms")).toBe(read.reduce((sum, metrics) => sum + metrics, 0));
  });

  it("has as many figures as functions print: cold starts, sends that succeed by channel, late outbox entries", () => {
    const all = Object.values(functions);
    const sends = all.flatMap(({ sendsEmail, textsParticipants, pagesStaff }) => [
      ...(sendsEmail ? ["email"] : []),
      ...(textsParticipants || pagesStaff ? ["sms"] : []),
      ...(pagesStaff ? ["voice"] : []),
    ]);
    const lateOutboxEntries = 1;
    expect(quantityOf("metrics of functions")).toBe(all.length + sends.length + lateOutboxEntries);
  });

  it("has the firewall's rules and the canary's runs of production", () => {
    const [firewall] = resourcesOf(templates.web, "AWS::WAFv2::WebACL");
    expect(quantityOf("rules")).toBe(listOf(at(firewall?.[1].Properties, "Rules")).length);
    const minutesPerMonth = (365 * 24 * 60) / 12;
    expect(quantityOf("canary runs")).toBe(minutesPerMonth / production.canary.everyMinutes);
  });

  it("counts as many backups as production keeps", () => {
    expect(keptDailyBackups).toBe(production.retention.backupDays);
  });

  it("gives each function the memory that it is deployed with", () => {
    const deployed = Object.entries(functions).map(([name, { memoryMb }]) => [name, memoryMb]);
    expect(functionMemoryMb).toEqual(Object.fromEntries(deployed));
  });
});
