import type { CareError } from "../../errors/care-error.ts";
import { ProviderThrottledError } from "../../errors/provider-throttled-error.ts";
import { ProviderUnavailableError } from "../../errors/provider-unavailable-error.ts";
import { callFailure } from "./call-failure.ts";

/** The error to throw for a call that may simply be made again. What the call threw is not handed on. */
export function providerError(provider: string, error: unknown): CareError {
  const { code, kind } = callFailure(error);
  return kind === "try-later"
    ? new ProviderThrottledError("The provider asked for fewer calls", { provider, code })
    : new ProviderUnavailableError("The provider did not carry out the call", { provider, code });
}
