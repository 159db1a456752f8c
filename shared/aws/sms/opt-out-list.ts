import {
  DeleteOptedOutNumberCommand,
  PutOptedOutNumberCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { OptOutList } from "../../ports/opt-out-list.ts";
import { isNamed } from "../aws-client/call-failure.ts";
import { endInTime, once } from "../aws-client/client-settings.ts";
import { providerError } from "../aws-client/provider-error.ts";
import { createSmsClient } from "./sms-client.ts";

/**
 * The provider's opt-out list of the participants' numbers.
 * @throws {ProviderThrottledError} and {ProviderUnavailableError} from its calls; both may be repeated
 */
export function createOptOutList(options: { readonly listName: string }): OptOutList {
  const client = createSmsClient();
  const entry = (phone: string) => ({ OptOutListName: options.listName, OptedOutNumber: phone });
  return {
    async add(phone) {
      try {
        await client.send(new PutOptedOutNumberCommand(entry(phone)), endInTime(once));
      } catch (error) {
        throw providerError("sms", error);
      }
    },
    async remove(phone) {
      try {
        await client.send(new DeleteOptedOutNumberCommand(entry(phone)), endInTime(once));
      } catch (error) {
        if (!isNamed(error, "ResourceNotFoundException")) throw providerError("sms", error);
      }
    },
  };
}
