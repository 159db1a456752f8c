import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  CalledWrongly,
  type Command,
  type Input,
  type Io,
  NotDone,
  type Outcome,
} from "../command.ts";
import { type Bill, type BillLine, makeBill, totalOf } from "../cost/bill.ts";
import { type Counted, type CountedUsage, countedSchema } from "../cost/counted-usage.ts";
import { keptDailyBackups } from "../cost/flat-part.ts";
import { type PriceFile, readPriceFile } from "../cost/price-file.ts";
import { table } from "../output.ts";

/** One account of staff for so many people on the pathway, and never fewer than a small team. */
const participantsPerStaff = 10;
const fewestStaff = 8;
/** What a pathway should cost at most in calls of AWS, without texts. */
const aimDollars = 0.02;

export const costCommands: readonly Command[] = [
  {
    name: "cost",
    summary: "the monthly bill in AWS for so many people on the pathway, from counted calls",
    options: [
      { flags: "--participants <number>", words: "people on the pathway at the same time" },
      { flags: "--seed <number>", words: "another run of chance; 1 where left out" },
    ],
    run: cost,
  },
];

async function cost(input: Input): Promise<Outcome> {
  const participants = wholeNumber(input, "participants", "100");
  const seed = input.options.seed === undefined ? 1 : wholeNumber(input, "seed", "1");
  const prices = readPriceFile();
  const counted = await countPathway(input.io, seed);
  const bill = makeBill(counted.usage, prices, keptDailyBackups);
  const month = monthlyLines(bill, participants, prices);
  return {
    exitCode: 0,
    json: {
      participants,
      prices: { region: prices.region, takenOn: prices.takenOn, unconfirmed: unconfirmed(prices) },
      month: { lines: month, dollars: totalOf(month) },
      pathway: {
        months: bill.months,
        lines: bill.perPathway,
        dollarsWithoutTexts: totalOf(bill.perPathway),
        aimDollars,
        isWithinAim: totalOf(bill.perPathway) <= aimDollars,
        texts: bill.textsPerPathway,
        textDollars: totalOf(bill.textsPerPathway),
      },
      counted: counted.usage,
      assumptions: [...assumptionsOf(bill, participants), ...counted.assumptions],
    },
    text: words(participants, prices, counted, bill, month),
  };
}

function wholeNumber(input: Input, name: string, example: string): number {
  const given = input.options[name];
  const value = typeof given === "string" && /^\d{1,9}$/.test(given) ? Number(given) : 0;
  if (value < 1)
    throw new CalledWrongly(
      given === undefined
        ? `Say for how many people: cost --${name} ${example}`
        : `--${name} takes a whole number from 1 on, for example --${name} ${example}.`,
    );
  return value;
}

/** Runs the counted pathway as a process of its own: it is a part of the local run, not of this command. */
async function countPathway(io: Io, seed: number): Promise<Counted> {
  const script = fileURLToPath(
    new URL("../../local/simulation/count-reference-pathway.ts", import.meta.url),
  );
  const child = spawn(process.execPath, [script, "--seed", String(seed)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => io.err(text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0)
    throw new NotDone("The reference pathway could not be counted; the lines above say why.");
  return countedSchema.parse(JSON.parse(printed));
}

/** A month of so many people at once, evenly spread over the pathway. */
function monthlyLines(bill: Bill, participants: number, prices: PriceFile): readonly BillLine[] {
  const times = (factor: number) => (line: BillLine) => ({
    ...line,
    quantity: line.quantity * factor,
    dollars: line.dollars * factor,
  });
  const staff = Math.max(fewestStaff, Math.ceil(participants / participantsPerStaff));
  return [
    ...bill.perPathway.map(times(participants / bill.months)),
    ...bill.keptPerMonth.map(times(participants)),
    ...bill.flatPerMonth,
    {
      service: "Cognito",
      what: "accounts of staff",
      priceId: "staff-account-month",
      quantity: staff,
      dollars: staff * prices.prices["staff-account-month"].dollars,
    },
    ...bill.textsPerPathway.map(times(participants / bill.months)),
  ];
}

function words(
  participants: number,
  prices: PriceFile,
  { usage, assumptions }: Counted,
  bill: Bill,
  month: readonly BillLine[],
): string {
  const services = [...new Set(month.map(({ service }) => service))];
  const perService = services.map((service) => [
    service,
    dollars(totalOf(month.filter((line) => line.service === service))),
  ]);
  return [
    `A month with ${participants} people on the pathway, in dollars (us-east-1, prices of ${prices.takenOn}):`,
    table(["Service", "Dollars"], [...perService, ["Together", dollars(totalOf(month))]], ""),
    "What it is made of:",
    table(["Service", "What", "Quantity", "Dollars"], month.map(row), ""),
    `One participant's whole pathway, ${bill.months.toFixed(1)} months: ${small(totalOf(bill.perPathway))} of AWS charges without texts, and ${usage.sms.parts / usage.participants} text parts: ${small(bill.textsPerPathway[0]?.dollars ?? 0)} to AWS and about ${small(bill.textsPerPathway[1]?.dollars ?? 0)} to carriers.`,
    aimLabel(totalOf(bill.perPathway)),
    table(["Service", "What", "Quantity", "Dollars"], bill.perPathway.map(row), ""),
    countedLabel(usage),
    [
      "What is assumed:",
      ...[...assumptionsOf(bill, participants), ...assumptions].map((sentence) => `- ${sentence}`),
      `- List prices that were not read again at their source on ${prices.takenOn}: ${unconfirmed(prices).join(", ")}.`,
    ].join("\n"),
  ].join("\n\n");
}

function aimLabel(spent: number): string {
  const over = spent - aimDollars;
  return over > 0
    ? `The aim is ${small(aimDollars)} without texts: this is ${small(over)} over it.`
    : `The aim is ${small(aimDollars)} without texts, and this is within it.`;
}

function countedLabel(usage: CountedUsage): string {
  const each = (total: number) => (total / usage.participants).toFixed(1);
  const messages = Object.values(usage.messages).reduce((sum, one) => sum + one, 0);
  return `Counted over a group of ${usage.participants}, per participant: ${each(usage.transitions.total)} state transitions in ${each(usage.transitions.executions)} executions, ${each(messages)} messages (${each(usage.sms.parts)} text parts, ${each(usage.email.messages)} emails), ${each(usage.http.participantRequests)} requests of the participant and ${each(usage.http.staffRequests)} of staff.`;
}

function assumptionsOf(bill: Bill, participants: number): readonly string[] {
  return [
    `The ${participants} people are evenly spread over the ${bill.months.toFixed(1)} months of the pathway.`,
    `Each person's data is kept as it is at the end, with ${keptDailyBackups} full daily backups.`,
    `One member of staff for ${participantsPerStaff} people, and at least ${fewestStaff}.`,
    "Carriers' fees are an estimate: they differ by carrier and kind of number.",
  ];
}

function unconfirmed(file: PriceFile): readonly string[] {
  return Object.entries(file.prices)
    .filter(([, price]) => !price.isConfirmed)
    .map(([id]) => id);
}

function row({ service, what, quantity, dollars: amount }: BillLine): readonly string[] {
  const digits = quantity >= 100 ? 0 : quantity >= 1 ? 1 : 6;
  return [service, what, quantity.toFixed(digits), amount.toFixed(amount >= 1 ? 2 : 5)];
}

function dollars(amount: number): string {
  return amount.toFixed(2);
}

function small(amount: number): string {
  return `$${amount.toFixed(4)}`;
}
