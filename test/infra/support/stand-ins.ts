import type { Asked } from "./grants.ts";

/**
 * What the fictional sites of `programs/sites.yaml` send from, and what of the stage `dev` stands for it:
 * numbers are bought and domains verified for each stage, sites are data.
 */
const standIns: Readonly<Record<string, string>> = {
  "phone-number/+12125550111": "phone-number/phone-dev-riverside",
  "phone-number/+14805550121": "phone-number/phone-dev-mesa",
  "phone-number/+12125550112": "phone-number/phone-dev-staff",
  "phone-number/+14805550122": "phone-number/phone-dev-staff",
  "identity/riverside.example.org": "identity/dev.mail.example.org",
  "identity/mesa.example.org": "identity/dev.mail.example.org",
};

/** A call as it would be in the stage: from the stage's own numbers and mail domain. */
export function asInStage(asked: Asked): Asked {
  const [, prefix = "", own = ""] = /^(.*:)([^:]+)$/.exec(asked.resource) ?? [];
  const stand = standIns[own];
  return stand === undefined ? asked : { ...asked, resource: `${prefix}${stand}` };
}
