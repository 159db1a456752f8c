import type { HttpHandler } from "../http/http-message.ts";
import type { InvocationResult } from "../lambda/bundle-host.ts";

/** Instants in the sending of one message at which a power cut matters most. */
const killPoints = ["before-claim", "after-claim", "after-capture", "after-record"] as const;
type KillPoint = (typeof killPoints)[number];

type Invoke = (name: string, event: unknown) => Promise<InvocationResult>;

/**
 * Ends this process as a power cut would, at the nth time that a point is reached. Planned by
 * `THROUGHCARE_LOCAL_KILL_AT=after-claim:3`; without it nothing ever happens. It lives around the
 * functions and the captured providers, never in them: no bundle knows of it.
 */
export class KillPoints {
  readonly #point: KillPoint | undefined;
  #left: number;

  /**
   * @param plan - `<point>:<count>`
   * @throws {Error} when the plan names no known point
   */
  constructor(plan: string | undefined) {
    const [name, count = "1"] = (plan ?? "").split(":");
    this.#point = killPoints.find((point) => point === name);
    this.#left = Number(count);
    if (plan !== undefined && plan !== "" && (this.#point === undefined || !(this.#left >= 1)))
      throw new Error(`A kill point is one of ${killPoints.join(", ")}, with a count: not ${plan}`);
  }

  /** The functions, with the points before a claim and after what came of it was recorded. */
  aroundInvoke(invoke: Invoke): Invoke {
    return async (name, event) => {
      if (name === "send-message") this.#reach("before-claim");
      const result = await invoke(name, event);
      if (name === "send-message") this.#reach("after-record");
      return result;
    };
  }

  /** A captured provider: it is called once a message is claimed, and answers once it is captured. */
  aroundProvider(provider: HttpHandler): HttpHandler {
    return async (request) => {
      this.#reach("after-claim");
      const response = await provider(request);
      this.#reach("after-capture");
      return response;
    };
  }

  #reach(point: KillPoint): void {
    if (point !== this.#point) return;
    this.#left -= 1;
    if (this.#left <= 0) process.kill(process.pid, "SIGKILL");
  }
}
