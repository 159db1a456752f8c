import * as z from "zod";
import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createVoicePager } from "../../shared/aws/sms/voice-pager.ts";
import { countedPager } from "../../shared/observability/counted-sending.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { ReceiveEmailDeps } from "./receive-mail.ts";

const environmentSchema = careEnvironmentSchema.extend({
  SMS_CONFIGURATION_SET: z.string().min(1),
});

/** The log and the figures of this function. */
export const telemetry = createTelemetry("receive-email");

let built: ReceiveEmailDeps | undefined;

/** Built once per process. */
export function dependencies(): ReceiveEmailDeps {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    built = {
      ...createCareAdapters(environment, workflowReviews),
      pager: countedPager(
        createVoicePager({ configurationSet: environment.SMS_CONFIGURATION_SET }),
        telemetry.metrics,
        telemetry.logger,
      ),
      logger: telemetry.logger,
    };
  }
  return built;
}
