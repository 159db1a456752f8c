import * as z from "zod";
import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createVoicePager } from "../../shared/aws/sms/voice-pager.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { PageDeps } from "./page-on-call.ts";

const environmentSchema = careEnvironmentSchema.extend({
  SMS_CONFIGURATION_SET: z.string().min(1),
});

let built: PageDeps | undefined;

/** Built once per process. */
export function dependencies(): PageDeps {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    built = {
      ...createCareAdapters(environment, workflowReviews),
      pager: createVoicePager({ configurationSet: environment.SMS_CONFIGURATION_SET }),
      logger: createLogger("page-on-call"),
    };
  }
  return built;
}
