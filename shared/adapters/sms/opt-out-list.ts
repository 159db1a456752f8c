import {
  DeleteOptedOutNumberCommand,
  PutOptedOutNumberCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { OptOutList } from "../../ports/opt-out-list.ts";
import { providerError } from "../aws-sdk/provider-error.ts";
import { isNamed } from "../aws-sdk/sdk-error.ts";
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
        await client.send(new PutOptedOutNumberCommand(entry(phone)));
      } catch (error) {
        throw providerError("sms", error);
      }
    },
    async remove(phone) {
      try {
        await client.send(new DeleteOptedOutNumberCommand(entry(phone)));
      } catch (error) {
        if (!isNamed(error, "ResourceNotFoundException")) throw providerError("sms", error);
      }
    },
  };
}
