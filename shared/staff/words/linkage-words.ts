import type { Episode } from "../../care/episode/episode.ts";
import type { RecordedService } from "../../store/read-services.ts";

type Asks = (record: RecordedService) => string | undefined;

/** "with Sam", "the goal “GED class”": what a record names, or a word for it where it names nothing. */
const named = (what: string | undefined, otherwise: string) => what ?? otherwise;
const onDay = (day: string | undefined) => (day === undefined ? "" : ` on ${day}`);

/** What is asked of each service after the program: of what holds then, and of nothing that somebody declined. */
const asks: Readonly<Partial<Record<RecordedService["service"], Asks>>> = {
  "mutual-support": ({ state, with: group, on }) =>
    state === "offered"
      ? `${named(group, "A group")} was offered: do they want it? Introduce a person, and book the first meeting.`
      : `${named(group, "The group")}, first meeting${onDay(on)}: did they go, and do they go on? Never ask what was said there.`,
  peer: ({ state, with: peer, on }) =>
    state === "done"
      ? `Met ${named(peer, "their peer")}${onDay(on)}: are they still in touch?`
      : `Peer ${named(peer, "support")} was ${state === "offered" ? "offered" : "agreed"}: have they met${state === "accepted" && on !== undefined ? `, as was agreed for ${on}` : ""}?`,
  alumni: ({ state, on }) =>
    state === "offered"
      ? "The alumni group was offered: do they want to come?"
      : `Alumni group, first meeting${onDay(on)}: did they come, and will they come again?`,
  "education-work": ({ state, topic, nextOn, with: referredTo }) =>
    state === "offered"
      ? "Work or school was spoken of, and no goal is set: is there one now?"
      : state === "done"
        ? `Back at work or school (${named(topic, "their goal")}): is it going well, and what would help?`
        : `Goal “${named(topic, "work or school")}”${referredTo === undefined ? "" : `, referred to ${referredTo}`}: ${nextOn === undefined ? "what is the next step?" : `the return was to be on ${nextOn}. Are they back?`}`,
  family: ({ state, with: family }) =>
    state === "offered" || state === "accepted"
      ? `Family sessions with ${named(family, "the family")} were ${state === "offered" ? "offered" : "agreed"} and none is on record: is one still wanted?`
      : undefined,
};

/** In the order in which they are asked. */
const order = ["mutual-support", "peer", "alumni", "education-work", "family"] as const;

/**
 * What whoever rings after the program asks about, from what the record holds: the first visit, the group, the peer, work
 * or school. What nobody has spoken of is not in it: the questions of the check-in ask that.
 *
 * @param today - local date at the site
 * @returns questions for staff, with names and days as they were recorded
 */
export function linkageQuestions(
  { aftercare }: Pick<Episode, "aftercare">,
  services: readonly RecordedService[],
  today: string,
): readonly string[] {
  const visitOn = aftercare?.firstVisitOn;
  const visit =
    visitOn === undefined
      ? []
      : [
          visitOn >= today
            ? `The first visit after the program is on ${visitOn}: do they know where and when, and how they get there?`
            : `The first visit after the program was on ${visitOn}: was it kept, and when is the next one?`,
        ];
  const others = order.flatMap((kind) => {
    const record = services.find(({ service }) => service === kind);
    return record === undefined || record.state === "declined" ? [] : (asks[kind]?.(record) ?? []);
  });
  return [...visit, ...others];
}
