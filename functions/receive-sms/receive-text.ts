import type { Episode } from "../../shared/care/episode/episode.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import type { InboundSms } from "../../shared/contracts/inbound-sms-event.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import { sortInbound } from "../../shared/messages/sort-inbound.ts";
import { staffPhones } from "../../shared/sending/page-site.ts";
import { contactPointEpisodes } from "../../shared/store/contact-point-items.ts";
import { readEpisode } from "../../shared/store/episode-forms.ts";
import { listSitesWithFaults } from "../../shared/store/list-sites.ts";
import { loadPolicy } from "../../shared/store/load-policy.ts";
import { answerText } from "./answer-text.ts";
import type { Inbound, ReceiveSmsDeps, TextResult } from "./inbound.ts";
import { receiveFromOddSender, receiveFromStaff, receiveUnmatched } from "./receive-unmatched.ts";
import { finishInbound, storeInbound } from "./store-inbound.ts";

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
    episode: text.hasPhone ? await episodeFor(deps, contactPointId) : undefined,
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
  const stored = await storeInbound(deps, inbound);
  if (stored === "done-before") return "duplicate";
  await answerText(deps, inbound, episode);
  await finishInbound(deps, inbound);
  return "applied";
}

/**
 * The newest live episode of the number. What somebody writes whose pathway has ended goes to their last episode:
 * whoever reads it sees who it is and how their care ended, and words of danger page until somebody has spoken with them.
 */
async function episodeFor(
  deps: ReceiveSmsDeps,
  contactPointId: string,
): Promise<Episode | undefined> {
  let last: Episode | undefined;
  for await (const page of contactPointEpisodes(deps.store, contactPointId)) {
    const roots = await deps.store.getMany(
      "care",
      page.map(({ episodeId }) => keys.episode(episodeId)),
    );
    const episodes = roots
      .map(readEpisode)
      .sort((left, right) => right.createdAt.localeCompare(left.createdAt));
    const live = episodes.find((episode) => !isTerminal(episode.status));
    if (live !== undefined) return live;
    last ??= episodes.find((episode) => episode.reach.sms?.contactPointId === contactPointId);
  }
  return last;
}
