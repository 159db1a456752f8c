import { stageNamed } from "../../../infra/config/stage-named.ts";
import type { Called } from "./grants.ts";

/**
 * What the fictional sites of `programs/sites.yaml` send from is what the stage `dev` says of them, but for
 * the mail domains, which are verified for each stage.
 */
const { sites } = stageNamed("dev");
const numberIds = new Map(
  sites.flatMap(({ numbers }) =>
    numbers === undefined
      ? []
      : [numbers.participants, numbers.staffPages].map(
          ({ number, phoneNumberId }) => [number, phoneNumberId] as const,
        ),
  ),
);
const domains = new Map<string, string>(
  sites.map(({ siteId, mailDomain }) => [`${siteId}.example.org`, mailDomain]),
);

/** A call as it would be in the stage: AWS knows a number by its id, and the stage's own mail domains. */
export function asInStage(called: Called): Called {
  const { phonenumber, identity } = called.names;
  const number = numberIds.get(phonenumber?.PhoneNumberId ?? "");
  const domain = domains.get(identity?.IdentityName ?? "");
  return {
    ...called,
    names: {
      ...called.names,
      ...(number === undefined ? {} : { phonenumber: { PhoneNumberId: number } }),
      ...(domain === undefined ? {} : { identity: { IdentityName: domain } }),
    },
  };
}
