import { Client } from "../e2e/support/client.ts";
import { LocalServer } from "../e2e/support/local-server.ts";
import type { Figure } from "./measure.ts";

/** What a person waits for: the second start, and fourteen months in which nothing happens. */
export async function localRunFigures(): Promise<readonly Figure[]> {
  const server = new LocalServer({ startAt: "2027-01-04T14:00:00Z" });
  const client = new Client(() => server.url);
  try {
    await server.start();
    await server.kill();
    const startedAt = performance.now();
    await server.start();
    await (await fetch(`${server.url}/`)).text();
    const started = performance.now() - startedAt;
    const movedAt = performance.now();
    await client.advanceBy("P14M");
    const moved = performance.now() - movedAt;
    return [
      {
        name: "second start to the first page",
        value: started / 1000,
        unit: "s",
        target: 5,
        better: "less",
      },
      { name: "fourteen empty months", value: moved / 1000, unit: "s", target: 2, better: "less" },
    ];
  } finally {
    await server.stop();
  }
}
