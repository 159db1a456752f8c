/**
 * What the store itself needs: keys, indexes, versions, expiry. Read by the store and by conditions of
 * writes, or said a second time in the item's own key.
 */
export const bookkeeping: Readonly<Record<string, string>> = {
  pk: "shared/keys/keys.ts",
  sk: "shared/keys/keys.ts",
  id: "shared/keys/keys.ts",
  workPartition: "shared/keys/keys.ts",
  workAt: "shared/keys/keys.ts",
  queuePartition: "shared/keys/keys.ts",
  queueRank: "shared/keys/keys.ts",
  expiresAtEpochSeconds: "shared/keys/keys.ts",
  schemaVersion: "shared/store/read-stored.ts",
  kind: "shared/staff/find-by-id.ts",
  siteId: "shared/staff/find-by-id.ts",
  episodeId: "shared/store/contact-point-items.ts",
  version: "shared/store/commit-change.ts",
  "audit.sequence": "shared/store/audit-entry.ts",
  "audit.hash": "shared/store/audit-entry.ts",
};

/**
 * Fields that no type of the product declares, or that are read under another name: the file that reads
 * each of them. The words that people wrote are looked for on the pages themselves by other tests.
 */
export const readByRule: Readonly<Record<string, string>> = {
  // By what a person is searched for.
  "identity/name given": "shared/staff/people/match-profile.ts",
  "identity/name family": "shared/staff/people/match-profile.ts",
  "identity/name preferredName": "shared/staff/people/match-profile.ts",
  "identity/name birthDate": "shared/staff/people/match-profile.ts",
  "identity/name recordNumber": "shared/staff/people/match-profile.ts",
  // The audit trail and what it tells on the timeline.
  "audit/entry hasReason": "shared/staff/written/read-reasons.ts",
  // Rules that are data.
  "care/program-latest highestVersion": "shared/publishing/publish-program.ts",
  "care/policy quietHours.routine.from": "shared/care/time/zoned-time.ts",
  "care/policy quietHours.routine.to": "shared/care/time/zoned-time.ts",
  "care/policy quietHours.scheduleNotice.from": "shared/care/time/zoned-time.ts",
  "care/policy quietHours.scheduleNotice.to": "shared/care/time/zoned-time.ts",
  // What a commit owes, read by whoever carries it out.
  "care/effect effect.commands": "workflows/run/tell-episodes.ts",
  "care/hold order": "functions/hold-care/hold-care.ts",
  // The contact before the next one, from which that is counted.
  "care/episode aftercare.last.row": "shared/care/pathway/next-contact.ts",
  "care/episode aftercare.last.day": "shared/care/pathway/next-contact.ts",
  // Requests that are repeated, and counts that bound.
  "care/request status": "shared/store/carry-out-once.ts",
  "care/intake-count count": "shared/store/contact-point-items.ts",
  "care/tablet-tries count": "shared/store/contact-point-items.ts",
};

/**
 * Kept for whoever looks into something that went wrong, or has to show what was agreed to: instants, ids,
 * codes and published wordings, and never a word that somebody wrote.
 */
export const keptForInquiries: readonly string[] = [
  "audit/entry aggregateId",
  "audit/entry commandId",
  "audit/entry actor.part",
  "audit/entry actor.participantId",
  "audit/entry actor.partnerId",
  "audit/entry actor.functions",
  "care/effect attempts",
  "care/inbound-text receivedAt",
  "care/signed-out staffId",
  "care/signed-out signedOutAt",
  "care/effect effect.by.participantId",
  "care/effect effect.by.partnerId",
  "care/effect effect.by.part",
  "care/reference createdAt",
  "care/roster createdAt",
  "care/seat groupSessionId",
  "care/seat attendance",
  "care/link linkId",
  "care/unmatched-reply messageId",
  "care/unmatched-reply templateId",
  "care/program-latest programId",
  "care/program-version programId",
  "care/program-version publishedAt",
  "care/policy legalText",
  "care/episode consents.aftercare.wordingVersion",
  "identity/profile participantId",
  "identity/address channel",
  "identity/reason at",
];

/** Lists that are handed on as they are, with whatever is in them: who hands them on. */
export const handedOnWhole: Readonly<Record<string, string>> = {
  "care/effect effect.operations": "workflows/run/carry-out-outbox-entry.ts",
};

/** The calls of the API whose answers hold a kind of item whole. */
export const answersThatRead: Readonly<Record<string, string>> = {
  "care/episode": "/episodes/{episodeId}",
  "care/message": "/episodes/{episodeId}/messages",
  "care/session": "/episodes/{episodeId}/sessions",
  "care/form": "/episodes/{episodeId}/assessments",
  "care/check-in": "/episodes/{episodeId}/check-ins",
  "care/outreach": "/episodes/{episodeId}/outreach",
  "care/site": "/sites/riverside",
};

/** Fields that staff are told by the API and that no rule looks at. */
export const readByAnswer: readonly string[] = [
  "care/episode consents.sms.wordingVersion",
  "care/episode consents.email.wordingVersion",
  "care/episode consents.sms.how",
  "care/episode consents.sms.recordedBy",
  "care/episode consents.sms.noteId",
  "care/episode consents.email.how",
  "care/episode consents.email.recordedBy",
  "care/episode consents.email.noteId",
  "care/episode consents.aftercare.how",
  "care/episode consents.aftercare.recordedBy",
  "care/episode consents.aftercare.noteId",
  "care/message plannedAt",
  "care/message window.from",
  "care/message window.to",
  "care/message settledAt",
  "care/message providerMessageId",
  "care/message lastGate[].rule",
  "care/session attendance.recordedAt",
  "care/form answeredAt",
  "care/check-in openedAt",
  "care/check-in answeredAt",
  "care/check-in linkId",
  "care/outreach about.type",
  "care/outreach startedAt",
  "care/site name",
  "care/site closures[].words",
  ...["rota[].primary", "rota[].backup", "rota[].supervisor"].flatMap((one) => [
    `care/site ${one}.staffId`,
    `care/site ${one}.name`,
  ]),
  ...["onCall.primary", "onCall.backup", "onCall.supervisor"].flatMap((one) => [
    `care/site ${one}.staffId`,
    `care/site ${one}.name`,
  ]),
];
