/** Loads one bundle in a process of its own, calls it once and says what came of it as one line of JSON. */
export const callBundle = `
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [bundle, eventFile] = process.argv.slice(1);
const { handler } = await import(pathToFileURL(bundle).href);
const context = {
  awsRequestId: "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
  functionName: "throughcare",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:111111111111:function:throughcare",
  memoryLimitInMB: "512",
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 20_000,
};
let said;
try {
  said = { answer: await handler(JSON.parse(readFileSync(eventFile, "utf8")), context) };
} catch (error) {
  said = { error: error.name, message: error.message };
}
// A pipe takes a long answer piece by piece: the process ends when the last one is through.
process.stdout.write("\\n" + JSON.stringify(said) + "\\n", () => process.exit(0));
`;
