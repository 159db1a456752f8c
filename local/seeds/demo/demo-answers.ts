import { isRefusal, type Refusal } from "../../../shared/domain/change/change.ts";
import { formQuestions } from "../../../shared/domain/forms/form-questions.ts";
import type { CareDeps } from "../../../shared/services/care-deps.ts";
import { findLink, type Link } from "../../../shared/services/find-link.ts";
import { recordCheckInAnswer, sendCheckIn } from "../../../shared/services/record-check-in.ts";
import { loadForm, recordFormAnswer, sendForm } from "../../../shared/services/record-form.ts";
import type { DemoPerson } from "./demo-people.ts";
import type { LocalClient } from "./local-client.ts";

/** Check-ins are answered as worse when no other comes before the present. */
const lastDays = 8;

/** What differs from the answer that all is well, in the last check-in of somebody who is worse. */
const worse: Readonly<Record<string, number | boolean>> = {
  "use-days": 5,
  craving: 3,
  confidence: 1,
};

/** A person answers everything that they were sent and have not answered, as the pages record it. */
export async function answerLinks(
  deps: CareDeps,
  client: LocalClient,
  input: {
    readonly episodeId: string;
    readonly person: DemoPerson;
    /** Days until the present. */
    readonly daysLeft: number;
  },
): Promise<void> {
  const { episodeId, person, daysLeft } = input;
  const as = { role: "case-manager", siteId: person.siteId } as const;
  for (const form of await client.list(`/api/v1/episodes/${episodeId}/assessments`, as)) {
    const link = await openLink(deps, form, "asked");
    if (link !== undefined) await answerForm(deps, link, person);
  }
  if (person.checkIns === "unanswered") return;
  for (const checkIn of await client.list(`/api/v1/episodes/${episodeId}/check-ins`, as)) {
    const link = await openLink(deps, checkIn, "open");
    const isWorse = person.checkIns === "worse-at-the-last" && daysLeft < lastDays;
    if (link !== undefined) await answerCheckIn(deps, link, isWorse ? worse : {});
  }
}

async function openLink(
  deps: CareDeps,
  item: Readonly<Record<string, unknown>>,
  status: string,
): Promise<Link | undefined> {
  if (item.status !== status || typeof item.linkId !== "string") return undefined;
  const link = await findLink(deps, item.linkId);
  const now = deps.clock.now();
  return link !== undefined && link.opensAt <= now && now < link.endsAt ? link : undefined;
}

/** Better by one than at the beginning; never the last item of PHQ-9. */
async function answerForm(deps: CareDeps, link: Link, person: DemoPerson): Promise<void> {
  const opened = await loadForm(deps, link);
  if (opened === undefined) return;
  const submissionKey = `form-${link.linkId}`;
  for (const { item } of formQuestions(opened.form, opened.ctx.instruments)) {
    const value = item.safety ? 0 : Math.max(0, person.answers - 1);
    done(await recordFormAnswer(deps, link, { itemId: item.itemId, value, submissionKey }));
  }
  done(await sendForm(deps, link, submissionKey));
}

async function answerCheckIn(
  deps: CareDeps,
  link: Link,
  different: Readonly<Record<string, number | boolean>>,
): Promise<void> {
  const submissionKey = `check-in-${link.linkId}`;
  const answers = { ...allIsWell, ...different };
  for (const [id, value] of Object.entries(answers))
    done(await recordCheckInAnswer(deps, link, { id, value, submissionKey }));
  done(await sendCheckIn(deps, link, { submissionKey }));
}

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
  "key-medication-stopped": false,
  "other-medication-stopped": false,
  "nowhere-to-sleep": false,
  "housing-or-work-lost": false,
  "wants-call": false,
};

function done(outcome: object | Refusal): void {
  if ("refused" in outcome && isRefusal(outcome)) throw new Error(outcome.sentence);
}
