import type { InboundSms } from "../../shared/contracts/inbound-sms-event.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { sortInbound } from "../../shared/messages/sort-inbound.ts";
import { staffPhones } from "../../shared/sending/page-site.ts";
import { episodeReachedAt } from "../../shared/store/episode-reached-at.ts";
import { finishInbound, storeInbound } from "../../shared/store/inbound-words.ts";
import { listSitesWithFaults } from "../../shared/store/list-sites.ts";
import { loadPolicy } from "../../shared/store/load-policy.ts";
import { answerText } from "./answer-text.ts";
import { type Inbound, type ReceiveSmsDeps, type TextResult, wordsOf } from "./inbound.ts";
import { receiveFromOddSender, receiveFromStaff, receiveUnmatched } from "./receive-unmatched.ts";

/**
 * Takes one text. What must not be lost is stored first, in one small write that is the same for a number
 * that one person gave and for one that hundreds share; everything after that may be repeated without
 * happening twice.
 */
export async function receiveText(deps: ReceiveSmsDeps, text: InboundSms): Promise<TextResult> {
  const [policy, { sites, faults }] = await Promise.all([
    loadPolicy(deps),
    listSitesWithFaults(deps.store),
  ]);
  const contactPointId = deps.secrets.contactPointId(text.originationNumber);
  const own = sites.find((one) => one.senders.sms === text.destinationNumber);
  // It may be the text of a site that cannot be read: it is given again until it can, and goes to no other.
  if (own === undefined && faults[0] !== undefined) throw faults[0].error;
  const site = own ?? sites[0];
  if (site === undefined) throw new NotFoundError("No site is set up", {});
  const sorted = sortInbound(text.messageBody, policy);
  const inbound: Inbound = {
    text,
    sorted,
    contactPointId,
    receivedAt: deps.clock.now(),
    policy,
    site,
    episode: text.hasPhone ? await episodeReachedAt(deps.store, "sms", contactPointId) : undefined,
  };
  if (!text.hasPhone) return receiveFromOddSender(deps, inbound);
  const staffSite = sites.find((one) => staffPhones(one).has(text.originationNumber));
  if (
    staffSite !== undefined &&
    (inbound.sorted.kind === "stop" || inbound.episode === undefined)
  ) {
    return receiveFromStaff(deps, { ...inbound, site: staffSite });
  }
  const { episode } = inbound;
  if (episode === undefined) return receiveUnmatched(deps, inbound);
  const stored = await storeInbound(deps, wordsOf(inbound));
  if (stored === "done-before") return "duplicate";
  await answerText(deps, inbound, episode);
  await finishInbound(deps, wordsOf(inbound));
  return "applied";
}
