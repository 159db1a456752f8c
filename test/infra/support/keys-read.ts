import type { FunctionName } from "../../../infra/functions/catalogue.ts";

/** The variables that the function's own wiring reads when it is given those of the template. */
export async function keysRead(
  name: FunctionName,
  given: Readonly<Record<string, string>>,
  local: Readonly<Record<string, string>>,
): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  const before = process.env;
  const environment: NodeJS.ProcessEnv = {
    ...given,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
  };
  const known = new Set([...Object.keys(local), ...Object.keys(given)]);
  try {
    process.env = new Proxy(environment, {
      get(target, key) {
        if (typeof key === "string" && known.has(key)) read.add(key);
        return Reflect.get(target, key);
      },
    });
    const wiring: { dependencies(): unknown } = await import(
      `../../../functions/${name}/dependencies.ts`
    );
    wiring.dependencies();
  } finally {
    process.env = before;
  }
  return read;
}
