import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { questionsOf } from "../../../shared/questions/question.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { findLink, type Link } from "../../../shared/store/find-link.ts";
import { loadLinkTarget } from "../../../shared/store/load-link-target.ts";
import { recordAnswer, sendRecorded } from "../../../workflows/run/record-answers.ts";
import type { DemoPerson } from "./demo-people.ts";
import type { LocalClient } from "./local-client.ts";

/** A check-in that comes later than this is the last one before the present. */
const lastDays = 8;

/** What differs from the answer that all is well, in the last check-in of somebody who is worse. */
const worse: Readonly<Record<string, number | boolean>> = {
  "use-days": 5,
  craving: 3,
  confidence: 1,
};

type AnswerDay = {
  readonly person: DemoPerson;
  /** Days until the present. */
  readonly daysLeft: number;
  /** No other working day lies between this one and the present. */
  readonly isLastDay: boolean;
};

/** A person answers everything that they were sent and have not answered, as the pages record it. */
export async function answerLinks(
  deps: CareDeps,
  client: LocalClient,
  input: AnswerDay & { readonly episodeId: string },
): Promise<void> {
  const { episodeId, person } = input;
  const as = { role: "case-manager", siteId: person.siteId } as const;
  const answered = new Set<string>();
  for (const message of await client.list(`/api/v1/episodes/${episodeId}/messages`, as)) {
    const link = await sentLink(deps, message);
    if (link === undefined || answered.has(link.itemSk)) continue;
    answered.add(link.itemSk);
    if (link.purpose === "forms") await answerForm(deps, link, person);
    if (link.purpose === "check-in") await answerCheckIn(deps, link, input);
  }
}

/** The link of a message that went out and is still good. */
async function sentLink(
  deps: CareDeps,
  message: Readonly<Record<string, unknown>>,
): Promise<Link | undefined> {
  const isSent = message.status === "ACCEPTED" || message.status === "DELIVERED";
  if (!isSent || typeof message.linkId !== "string") return undefined;
  const link = await findLink(deps, message.linkId);
  const now = deps.clock.now();
  return link !== undefined && link.opensAt <= now && now < link.endsAt ? link : undefined;
}

/** Better by one than at the beginning; never the last item of PHQ-9. */
async function answerForm(deps: CareDeps, link: Link, person: DemoPerson): Promise<void> {
  const opened = await loadLinkTarget(deps, link);
  if (opened?.item?.status !== "asked") return;
  const submissionKey = `form-${link.linkId}`;
  for (const { id, isSafety } of questionsOf(opened.item, opened.ctx)) {
    const value = isSafety ? 0 : Math.max(0, person.answers - 1);
    done(await recordAnswer(deps, link, { id, value, submissionKey }));
  }
  done(await sendRecorded(deps, link, { submissionKey }));
}

/** Who is worse lets the last check-in lie until the last day. */
async function answerCheckIn(
  deps: CareDeps,
  link: Link,
  { person, daysLeft, isLastDay }: AnswerDay,
): Promise<void> {
  if (person.checkIns === "unanswered") return;
  const isLast = person.checkIns === "worse-at-the-last" && daysLeft < lastDays;
  if (isLast && !isLastDay) return;
  const opened = await loadLinkTarget(deps, link);
  if (opened?.item?.status !== "open") return;
  const submissionKey = `check-in-${link.linkId}`;
  const answers = isLast ? { ...allIsWell, ...worse } : allIsWell;
  for (const { id } of questionsOf(opened.item, opened.ctx))
    done(
      await recordAnswer(deps, link, { id, value: ownValue(answers, id) ?? false, submissionKey }),
    );
  done(await sendRecorded(deps, link, { submissionKey }));
}

/** What is not named here is asked with yes and no, and the answer is no. */
const allIsWell: Readonly<Record<string, number | boolean>> = {
  "phq2-1": 0,
  "phq2-2": 1,
  "gad2-1": 1,
  "gad2-2": 0,
  "use-days": 0,
  "opioid-use": false,
  craving: 0,
  confidence: 3,
  "follow-up-attended": true,
};

function done(outcome: object | Refusal): void {
  if ("refused" in outcome && isRefusal(outcome)) throw new Error(outcome.sentence);
}
