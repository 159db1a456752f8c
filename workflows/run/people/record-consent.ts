import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { ConsentState, Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import type { Agreement, ConsentRecord } from "../../../shared/care/people/consent-record.ts";
import { consentWording } from "../../../shared/care/people/consent-wording.ts";
import { keepAsOwn } from "../../../shared/care/people/other-records.ts";
import { screenWords } from "../../../shared/care/safety/find-crisis-phrase.ts";
import { finishWithReason } from "../../../shared/care/safety/finish-with-reason.ts";
import { recordNote } from "../../../shared/care/safety/record-note.ts";
import { actingStaff } from "../../../shared/care/tasks/refuse.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { isLive } from "../../../shared/messages/consent.ts";
import { followFacts } from "../../../shared/messages/follow-facts.ts";
import { resumeFollowUp, stopFollowUp } from "../../../shared/messages/follow-up-consent.ts";
import { planOptInConfirmation } from "../../../shared/messages/plan-opt-in-confirmation.ts";
import { whatFollowed } from "../../../shared/messages/what-followed.ts";
import { planAgain } from "./plan-again.ts";

/**
 * Writes down what a person agrees to or takes back, as they said it on the phone, on paper or in person: with the
 * wording that was read out, who heard it, and who else was there. What was planned follows in the same change; who
 * agrees to texts gets the one that confirms it.
 *
 * @param state - with all messages of the episode among its items
 */
export function recordConsent(
  state: OpenState,
  body: ConsentRecord & { readonly reason?: string | undefined },
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const refusal = refuseConsent(state, body);
  if (refusal !== undefined) return refusal;
  const draft = new Draft(state, ctx);
  const recorded = applyConsent(draft, ctx, body, staff.staffId);
  const screened = screenWords(ctx.policy, body.witness ?? "");
  if (screened.rule !== undefined || screened.isDenied)
    recordNote(draft, ctx, { note: body.witness, safetyConcern: false }, "consent-recorded");
  return finishWithReason(
    draft,
    ctx,
    "consent-recorded",
    { ...recorded, ...whatFollowed(state, draft.state) },
    body.reason,
  );
}

/** Why this cannot be written down; `undefined` where it can. */
export function refuseConsent(
  { episode }: { readonly episode: Pick<Episode, "status" | "facts" | "reach"> },
  { given = [], takenBack = [], how, witness }: ConsentRecord,
): Refusal | undefined {
  const invalid = (sentence: string): Refusal => ({ refused: "invalid", sentence });
  if (given.length + takenBack.length === 0)
    return invalid("Say what the person agrees to, or what they take back.");
  if (given.some((one) => takenBack.includes(one)))
    return invalid("The same is agreed to and taken back. Choose one of them.");
  if (given.length === 0) return undefined;
  if (isTerminal(episode.status))
    return { refused: "not-now", sentence: "Care has ended: nothing is sent any more." };
  if (episode.facts.under18)
    return {
      refused: "not-now",
      sentence:
        "Under 18: what a minor agrees to starts no messages. Staff call, with the guardian where the law asks for it.",
    };
  if (episode.facts.birthDateUnknown === true)
    return {
      refused: "not-now",
      sentence:
        "The birth date is not known yet: write that down first. What somebody under 18 agrees to starts no messages.",
    };
  if (how !== "phone" && (witness ?? "").trim() === "")
    return invalid("Name who else was there when it was signed or said.");
  const lacksPhone = episode.reach.sms === undefined;
  if (lacksPhone && given.includes("sms"))
    return invalid("There is no phone number to text: write that down first.");
  if (lacksPhone && given.includes("voicemail"))
    return invalid("There is no phone number to leave a voicemail at: write that down first.");
  if (episode.reach.email === undefined && given.includes("email"))
    return invalid("There is no email address: write that down first.");
  return undefined;
}

/** Writes it into the change at hand, with everything that follows; for the audit trail, what was agreed to. */
export function applyConsent(
  draft: Draft,
  ctx: DecisionContext,
  body: ConsentRecord,
  staffId: string,
): Readonly<Record<string, string>> {
  const { given = [], takenBack = [], how } = body;
  const before = draft.episode;
  const noteId = keepRecord(draft, ctx, body, staffId);
  for (const one of given) {
    const isNew = one === "sms" && !isLive(draft.episode.consents.sms);
    setConsent(draft, one, {
      grantedAt: ctx.now,
      wordingVersion: `policy-${ctx.policy.policyVersion}`,
      how,
      recordedBy: staffId,
      noteId,
    });
    if (isNew) planOptInConfirmation(draft, ctx);
  }
  for (const one of takenBack) {
    const was = one === "voicemail" ? {} : (draft.episode.consents[one] ?? {});
    setConsent(draft, one, { ...was, withdrawnAt: ctx.now, how, recordedBy: staffId, noteId });
  }
  keepAsOwn(draft, { consents: [...given, ...takenBack] });
  if (takenBack.includes("aftercare")) stopFollowUp(draft);
  if (!isTerminal(draft.episode.status)) {
    followFacts(draft, ctx, before);
    if (given.some((one) => one !== "voicemail")) planAgain(draft, ctx);
    if (given.includes("aftercare")) resumeFollowUp(draft, ctx);
  }
  return {
    how,
    ...(given.length === 0 ? {} : { agreed: given.join(" ") }),
    ...(takenBack.length === 0 ? {} : { takenBack: takenBack.join(" ") }),
  };
}

function setConsent(draft: Draft, agreement: Agreement, consent: ConsentState): void {
  const { consents } = draft.episode;
  if (agreement === "voicemail")
    draft.set({ consents: { ...consents, voicemail: consent.withdrawnAt === undefined } });
  else draft.set({ consents: { ...consents, [agreement]: consent } });
}

const what: Readonly<Record<Agreement, string>> = {
  sms: "Texts",
  email: "Emails",
  voicemail: "Voicemail",
  aftercare: "Follow-up after the program",
};
const ways: Readonly<Record<ConsentRecord["how"], string>> = {
  phone: "said on the phone",
  paper: "signed on paper",
  "in-person": "said in person",
};

/** The record in words, with the very wording that was read out: kept with the notes, erased by key. */
function keepRecord(
  draft: Draft,
  ctx: DecisionContext,
  { given = [], takenBack = [], how, witness }: ConsentRecord,
  staffId: string,
): string {
  const lines = [
    ...given.map((one) => {
      const wording = consentWording(ctx.policy, one, draft.episode.language);
      return `${what[one]}: agreed, ${ways[how]}.${wording === undefined ? "" : ` Wording read out: “${wording.text}”`}`;
    }),
    ...takenBack.map((one) => `${what[one]}: taken back, ${ways[how]}.`),
    ...((witness ?? "").trim() === "" ? [] : [`Witness: ${witness?.trim()}.`]),
  ];
  const noteId = ctx.newId();
  draft.identity({
    ...keys.note(draft.episode.episodeId, noteId),
    attributes: { kind: "note", source: "staff", text: lines.join("\n"), at: ctx.now, by: staffId },
  });
  return noteId;
}
