import type { Episode } from "../../../shared/care/episode/episode.ts";
import { type Agreement, agreements } from "../../../shared/care/people/consent-record.ts";
import { consentWording } from "../../../shared/care/people/consent-wording.ts";
import type { Policy } from "../../../shared/care/program/policy.ts";
import { isLive } from "../../../shared/messages/consent.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { SelectField } from "../../../shared/web/parts/fields.tsx";
import { Card, Facts } from "../ui/parts.tsx";
import { dateInZone } from "../ui/times.ts";
import type { FormState } from "./sent-form.ts";

const labels: Readonly<Record<Agreement, string>> = {
  sms: "Texts",
  email: "Emails",
  voicemail: "Voicemail",
  aftercare: "Follow-up after the program",
};

/** What stands on record about one agreement, in words. */
export function agreementLabel(
  { consents, timeZone }: Pick<Episode, "consents" | "timeZone">,
  agreement: Agreement,
): string {
  if (agreement === "voicemail") return consents.voicemail ? "agreed" : "not agreed";
  const consent = consents[agreement];
  // Texts and emails are asked about in every referral; the follow-up only once somebody asks.
  if (agreement === "aftercare" && consent === undefined) return "not asked yet";
  const on = (at: string | undefined) => (at === undefined ? "" : `, ${dateInZone(at, timeZone)}`);
  if (isLive(consent)) return `agreed${on(consent?.grantedAt)}`;
  return consent?.withdrawnAt === undefined ? "not agreed" : `taken back${on(consent.withdrawnAt)}`;
}

/** True where there is a way that the agreement could be about. */
function hasWay({ reach }: Pick<Episode, "reach">, agreement: Agreement): boolean {
  if (agreement === "aftercare") return true;
  return reach[agreement === "email" ? "email" : "sms"] !== undefined;
}

/** What the person agreed to so far, where they are about to be admitted: what was not asked yet is asked now. */
export function AgreementsCard({ episode }: { readonly episode: Episode }) {
  return (
    <Card>
      <h2>What they agree to</h2>
      <Facts
        pairs={agreements
          .filter((one) => hasWay(episode, one))
          .map((one) => [labels[one], agreementLabel(episode, one)])}
      />
      {episode.consents.aftercare === undefined ? (
        <p>
          The follow-up after the program is asked about now, and confirmed before the discharge:{" "}
          <a href={`/staff/episodes/${episode.episodeId}/about#consent`}>
            read out its words and record the answer
          </a>
        </p>
      ) : null}
    </Card>
  );
}

/** One question for each agreement, with the wording to read out in the person's language. */
export function ConsentFields({
  state,
  episode,
  policy,
}: {
  readonly state: FormState;
  readonly episode: Episode;
  readonly policy: Policy;
}) {
  const missing = agreements.filter((one) => !hasWay(episode, one)).map((one) => labels[one]);
  return (
    <>
      {agreements
        .filter((one) => hasWay(episode, one))
        .map((one) => {
          const wording = consentWording(policy, one, episode.language);
          return (
            <>
              {wording === undefined ? null : (
                <blockquote lang={wording.language}>{wording.text}</blockquote>
              )}
              <SelectField
                {...state.field(`consent.${one}`)}
                label={labels[one]}
                hint={`Read out the words above. On record: ${agreementLabel(episode, one)}.`}
                options={[
                  { value: "", text: "Not asked" },
                  { value: "given", text: "Agrees" },
                  { value: "takenBack", text: "Does not agree, or takes it back" },
                ]}
              />
            </>
          );
        })}
      {missing.length === 0 ? null : (
        <p class="quiet">
          {missing.join(", ")}: there is no number or address yet.{" "}
          <a href={`/staff/episodes/${episode.episodeId}/about`}>Write it down first.</a>
        </p>
      )}
    </>
  );
}

/** What a form of {@link ConsentFields} says; `undefined` where nothing was asked. */
export function readConsents(
  form: Form,
):
  | { readonly given?: readonly Agreement[]; readonly takenBack?: readonly Agreement[] }
  | undefined {
  const chosen = (answer: string) =>
    agreements.filter((one) => form.get(`consent.${one}`) === answer);
  const given = chosen("given");
  const takenBack = chosen("takenBack");
  if (given.length + takenBack.length === 0) return undefined;
  return {
    ...(given.length === 0 ? {} : { given }),
    ...(takenBack.length === 0 ? {} : { takenBack }),
  };
}
