import type { Episode } from "../../shared/care/episode/episode.ts";
import type { Site } from "../../shared/care/program/site.ts";

/** A fictional person with a phone of their own and an email address, who agreed to both. */
export function examplePerson(site: Site, programId: string, now: string): Episode {
  return {
    kind: "episode",
    episodeId: "preview",
    participantId: "preview",
    reference: "TC-0000",
    siteId: site.siteId,
    programId,
    programVersion: 1,
    status: "referred",
    version: 1,
    audit: { sequence: 0, hash: "" },
    recentCommands: [],
    open: [],
    timeZone: site.timeZone,
    language: "en",
    source: "self",
    createdAt: now,
    reach: {
      sms: { contactPointId: "preview-phone", kind: "own" },
      email: { contactPointId: "preview-email", kind: "own" },
    },
    consents: {
      sms: { grantedAt: now },
      email: { grantedAt: now },
      aftercare: { grantedAt: now },
      voicemail: false,
    },
    facts: { under18: false, answeredInstruments: [] },
    scores: [],
    weeks: [],
    openEscalations: [],
    unreachedContacts: 0,
  };
}
