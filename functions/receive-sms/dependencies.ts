import * as z from "zod";
import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createOptOutList } from "../../shared/aws/sms/opt-out-list.ts";
import { createSmsSender } from "../../shared/aws/sms/sms-sender.ts";
import { createVoicePager } from "../../shared/aws/sms/voice-pager.ts";
import { countedPager, countedSender } from "../../shared/observability/counted-sending.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { ReceiveSmsDeps } from "./inbound.ts";

const environmentSchema = careEnvironmentSchema.extend({
  PUBLIC_ORIGIN: z.url(),
  SMS_CONFIGURATION_SET: z.string().min(1),
  SMS_OPT_OUT_LIST: z.string().min(1),
});

/** The log and the figures of this function. */
export const telemetry = createTelemetry("receive-sms");

let built: ReceiveSmsDeps | undefined;

/** Built once per process. */
export function dependencies(): ReceiveSmsDeps {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    const configurationSet = environment.SMS_CONFIGURATION_SET;
    built = {
      ...createCareAdapters(environment, workflowReviews),
      publicOrigin: environment.PUBLIC_ORIGIN.replace(/\/$/, ""),
      sender: countedSender(createSmsSender({ configurationSet }), telemetry.metrics),
      pager: countedPager(
        createVoicePager({ configurationSet }),
        telemetry.metrics,
        telemetry.logger,
      ),
      optOutList: createOptOutList({ listName: environment.SMS_OPT_OUT_LIST }),
      logger: telemetry.logger,
    };
  }
  return built;
}
