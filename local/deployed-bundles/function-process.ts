import { BundleHost, type InvocationResult } from "../lambda/bundle-host.ts";
import { bringAwsNearby, type Nearby } from "./aws-nearby.ts";
import { type NamedCall, namedCalls } from "./named-calls.ts";
import { installVirtualDate } from "./virtual-date.ts";

/** What the process of one function is told first. */
export type Beginning = {
  readonly name: string;
  readonly folder: string;
  readonly nearby: Nearby;
  readonly timeoutSeconds: number;
};

/** One call of the function, and the instant that its clock shows meanwhile, epoch milliseconds. */
export type Call = { readonly id: number; readonly event: unknown; readonly nowEpochMs: number };

/** What came of a call, and what AWS was asked for since the last answer. */
export type Answer = {
  readonly id: number;
  readonly result: InvocationResult;
  readonly asked: readonly NamedCall[];
};

let nowEpochMs = 0;
let asked: NamedCall[] = [];

/** Everything about time and network is in place before the bundle is loaded, with the first call. */
function begin({ name, folder, nearby, timeoutSeconds }: Beginning): void {
  installVirtualDate(() => nowEpochMs);
  bringAwsNearby(nearby, (request) => asked.push(...namedCalls(request)));
  const host = new BundleHost({ folder, timeoutSeconds: { [name]: timeoutSeconds } });
  process.on("message", async (call: Call) => {
    nowEpochMs = call.nowEpochMs;
    const result = await host.invoke(name, call.event);
    const answer: Answer = { id: call.id, result, asked };
    asked = [];
    process.send?.(answer);
  });
}

process.once("message", begin);
// Without its parent it has nothing left to do, however that ended.
process.on("disconnect", () => process.exit(0));
