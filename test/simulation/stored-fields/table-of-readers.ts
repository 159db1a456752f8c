/** The types that say what is stored, by table and kind of item. Their fields are found by the compiler. */
export const declaredTypes: Readonly<
  Record<string, { readonly file: string; readonly name: string }>
> = {
  "care/episode": { file: "shared/care/episode/episode.ts", name: "Episode" },
  "care/driver": { file: "shared/care/episode/driver.ts", name: "Driver" },
  "care/hold": { file: "shared/care/episode/hold.ts", name: "Hold" },
  "care/message": { file: "shared/care/episode/message.ts", name: "Message" },
  "care/task": { file: "shared/care/episode/care-task.ts", name: "CareTask" },
  "care/session": { file: "shared/care/episode/session.ts", name: "Session" },
  "care/form": { file: "shared/care/episode/form-request.ts", name: "FormRequest" },
  "care/check-in": { file: "shared/care/episode/check-in.ts", name: "CheckIn" },
  "care/outreach": { file: "shared/care/episode/outreach.ts", name: "Outreach" },
  "care/escalation": { file: "shared/care/episode/escalation.ts", name: "Escalation" },
  "care/contact-point": {
    file: "shared/care/contact-points/contact-point.ts",
    name: "ContactPoint",
  },
  "care/site": { file: "shared/care/program/site.ts", name: "Site" },
  "care/policy": { file: "shared/care/program/policy.ts", name: "Policy" },
  "identity/profile": { file: "shared/store/read-profile.ts", name: "Profile" },
  "identity/referral": { file: "shared/store/read-referral.ts", name: "Referral" },
};

/**
 * What the store itself needs: keys, indexes, versions, expiry. Read by the store and by conditions of
 * writes, or said a second time in the item's own key.
 */
export const bookkeeping: Readonly<Record<string, string>> = {
  pk: "shared/keys/tables.ts",
  sk: "shared/keys/tables.ts",
  id: "shared/keys/tables.ts",
  workPartition: "shared/keys/tables.ts",
  workAt: "shared/keys/tables.ts",
  queuePartition: "shared/keys/tables.ts",
  queueRank: "shared/keys/tables.ts",
  expiresAtEpochSeconds: "shared/keys/tables.ts",
  schemaVersion: "shared/store/load-episode.ts",
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
  // Words that people wrote, and who they are.
  "identity/note text": "shared/staff/written/read-notes.ts",
  "identity/note at": "shared/staff/written/read-notes.ts",
  "identity/note by": "shared/staff/written/read-notes.ts",
  "identity/note source": "shared/staff/written/read-notes.ts",
  "identity/note contactPointId": "shared/staff/written/read-notes.ts",
  "identity/reason text": "shared/staff/written/read-reasons.ts",
  "identity/address address": "shared/sending/compose-message.ts",
  // The audit trail and what it tells on the timeline.
  "audit/entry sequence": "functions/staff-api/routes/episodes.ts",
  "audit/entry at": "functions/staff-api/routes/episodes.ts",
  "audit/entry action": "functions/staff-api/routes/episodes.ts",
  "audit/entry facts": "functions/staff-api/routes/episodes.ts",
  "audit/entry hash": "functions/staff-api/routes/episodes.ts",
  "audit/entry previousHash": "functions/staff-api/routes/episodes.ts",
  "audit/entry hasReason": "shared/staff/written/read-reasons.ts",
  "audit/entry actor.kind": "shared/staff/words/actor-words.ts",
  "audit/entry actor.staffId": "shared/staff/words/actor-words.ts",
  // Rules that are data.
  "care/program-latest contentHash": "functions/staff-api/routes/sites.ts",
  "care/program-latest highestVersion": "shared/publishing/publish-program.ts",
  "care/program-version content": "shared/store/load-program.ts",
  "care/program-version contentHash": "shared/publishing/publish-program.ts",
  "care/policy caps.inProgram.perDay": "shared/messages/gate-times.ts",
  "care/policy caps.inProgram.perWeek": "shared/store/message-ledger.ts",
  "care/policy quietHours.routine.from": "shared/care/time/wall-window.ts",
  "care/policy quietHours.routine.to": "shared/care/time/wall-window.ts",
  "care/policy quietHours.scheduleNotice.from": "shared/care/time/wall-window.ts",
  "care/policy quietHours.scheduleNotice.to": "shared/care/time/wall-window.ts",
  "care/site-list siteIds": "shared/store/list-sites.ts",
  // Staff.
  "care/staff staffId": "functions/staff-api/authenticate.ts",
  "care/staff name": "shared/staff/words/actor-words.ts",
  "care/staff functions": "functions/staff-api/authenticate.ts",
  "care/staff siteIds": "shared/staff/find-by-id.ts",
  // What a commit owes, read by whoever carries it out.
  "care/effect effectId": "workflows/run/carry-out-effect.ts",
  "care/effect effect.kind": "workflows/run/carry-out-effect.ts",
  "care/effect effect.episodeId": "workflows/run/carry-out-effect.ts",
  "care/effect effect.driverSk": "workflows/run/carry-out-effect.ts",
  "care/effect effect.escalationSk": "workflows/run/carry-out-effect.ts",
  "care/effect effect.tier": "workflows/run/carry-out-effect.ts",
  "care/effect effect.attempt": "workflows/run/carry-out-effect.ts",
  "care/effect effect.contactPointId": "workflows/run/tell-episodes.ts",
  "care/effect effect.noteId": "workflows/run/tell-episodes.ts",
  "care/effect effect.commands": "workflows/run/tell-episodes.ts",
  "care/effect effect.commands[].type": "shared/messages/apply-deferred.ts",
  "care/effect effect.commands[].sort": "shared/messages/apply-deferred.ts",
  "care/effect effect.commands[].isUnplaced": "shared/messages/apply-deferred.ts",
  "care/effect effect.commands[].noteId": "shared/messages/apply-deferred.ts",
  "care/effect effect.commands[].receivedAt": "shared/messages/apply-deferred.ts",
  "care/effect effect.commands[].channel": "shared/messages/apply-deferred.ts",
  "care/effect effect.commands[].contactPointId": "shared/messages/apply-deferred.ts",
  "care/effect effect.commands[].why": "shared/messages/apply-deferred.ts",
  "care/effect effect.command.type": "shared/messages/apply-deferred.ts",
  "care/effect effect.command.sort": "shared/messages/apply-deferred.ts",
  "care/effect effect.command.isUnplaced": "shared/messages/apply-deferred.ts",
  "care/effect effect.command.noteId": "shared/messages/apply-deferred.ts",
  "care/effect effect.command.receivedAt": "shared/messages/apply-deferred.ts",
  "care/effect effect.command.why": "shared/messages/apply-deferred.ts",
  "care/effect effect.command.channel": "shared/messages/apply-deferred.ts",
  "care/effect effect.command.contactPointId": "shared/messages/apply-deferred.ts",
  "care/hold order": "functions/hold-care/hold-care.ts",
  // Requests that are repeated, and counts that bound.
  "care/request bodyHash": "shared/store/remembered-request.ts",
  "care/request status": "shared/store/remembered-request.ts",
  "care/request body": "shared/store/remembered-request.ts",
  "care/intake-count count": "shared/store/intake-items.ts",
  "care/ledger count": "shared/store/message-ledger.ts",
  // From one thing to another.
  "care/contact-point-episode participantId": "shared/store/contact-point-items.ts",
  "care/link participantId": "shared/store/find-link.ts",
  "care/link purpose": "shared/store/find-link.ts",
  "care/link itemSk": "shared/store/find-link.ts",
  "care/link opensAt": "shared/store/find-link.ts",
  "care/link endsAt": "shared/store/find-link.ts",
  "care/seat sessionSk": "shared/staff/sessions/record-row.ts",
  "care/group-session groupSessionId": "shared/staff/sessions/group-sessions.ts",
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
  "audit/entry actor.functions",
  "care/effect attempts",
  "care/request receivedAt",
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
