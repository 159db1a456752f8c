import { vi } from "vitest";
import { createTelemetry, type Telemetry } from "../../shared/observability/telemetry.ts";
import type { Logger } from "../../shared/ports/logger.ts";

/** The real telemetry of a function that logs to a test's own logger and prints no figures. */
export function testTelemetry(functionName: string, logger: Logger): Telemetry {
  vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "true");
  return { ...createTelemetry(functionName), logger };
}

/** What a call prints to stdout, line by line: log lines and figures as CloudWatch gets them. */
export async function printed(call: () => Promise<unknown>): Promise<readonly string[]> {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    lines.push(...String(chunk).split("\n").filter(Boolean));
    return true;
  });
  const error = vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    lines.push(...String(chunk).split("\n").filter(Boolean));
    return true;
  });
  try {
    await call();
  } catch {
    // What a call throws is for its own test; what it printed counts here.
  } finally {
    write.mockRestore();
    error.mockRestore();
  }
  return lines;
}
