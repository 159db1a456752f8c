import * as z from "zod";
import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createMessageSender } from "../../shared/aws/message-sender.ts";
import { countedSender } from "../../shared/observability/counted-sending.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { SendMessageDeps } from "./send-message.ts";

const environmentSchema = careEnvironmentSchema.extend({
  PUBLIC_ORIGIN: z.url(),
  EMAIL_CONFIGURATION_SET: z.string().min(1),
  SMS_CONFIGURATION_SET: z.string().min(1),
});

/** The log and the figures of this function. */
export const telemetry = createTelemetry("send-message");

let built: SendMessageDeps | undefined;

/** Built once per process. */
export function dependencies(): SendMessageDeps {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    built = {
      ...createCareAdapters(environment, workflowReviews),
      publicOrigin: environment.PUBLIC_ORIGIN.replace(/\/$/, ""),
      sender: countedSender(
        createMessageSender({
          emailConfigurationSet: environment.EMAIL_CONFIGURATION_SET,
          smsConfigurationSet: environment.SMS_CONFIGURATION_SET,
        }),
        telemetry.metrics,
      ),
      logger: telemetry.logger,
    };
  }
  return built;
}
