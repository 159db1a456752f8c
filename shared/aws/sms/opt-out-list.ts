import type { OptOutList } from "../../ports/opt-out-list.ts";
import { isNamed } from "../aws-http/call-failure.ts";
import { providerError } from "../aws-http/provider-error.ts";
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
        await client.call("PutOptedOutNumber", entry(phone));
      } catch (error) {
        throw providerError("sms", error);
      }
    },
    async remove(phone) {
      try {
        await client.call("DeleteOptedOutNumber", entry(phone));
      } catch (error) {
        if (!isNamed(error, "ResourceNotFoundException")) throw providerError("sms", error);
      }
    },
  };
}
