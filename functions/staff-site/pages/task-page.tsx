// Long because it is one page: a task, what its decision rests on, and the forms that end it.
import { Hono } from "hono/tiny";
import type { GroupPlaces } from "../../../shared/care/sessions/full-groups.ts";
import { taskKindRecords } from "../../../shared/care/tasks/task-kinds.ts";
import { staffIn, withStaffNames } from "../../../shared/care/text/staff-mark.ts";
import { addHours } from "../../../shared/care/time/instants.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import {
  assignBodySchema,
  decisionBodySchema,
  outcomeBodySchema,
  retractBodySchema,
  snoozeBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import { itemPrefixes, keys } from "../../../shared/keys/keys.ts";
import { type Found, findById } from "../../../shared/staff/find-by-id.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { programName } from "../../../shared/staff/people/program-name.ts";
import { type Person, readPerson } from "../../../shared/staff/people/read-person.ts";
import { describeTask, type TaskDescription } from "../../../shared/staff/queue/describe-task.ts";
import { staffNames } from "../../../shared/staff/words/actor-words.ts";
import { staffInEvidence } from "../../../shared/staff/words/work-words.ts";
import { listNotes } from "../../../shared/staff/written/read-notes.ts";
import { loadContext } from "../../../shared/store/decide-and-commit.ts";
import { readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { loadPolicy } from "../../../shared/store/load-policy.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import { readServices } from "../../../shared/store/read-services.ts";
import { readOr } from "../../../shared/store/read-stored.ts";
import { listStaff } from "../../../shared/store/site-staff.ts";
import {
  admissionPlaces,
  licenceOfAdmission,
} from "../../../workflows/run/commands/admission-places.ts";
import { taskCommands } from "../../../workflows/run/commands/task-commands.ts";
import { transferPlaces } from "../../../workflows/run/commands/transfer-commands.ts";
import { previewDecision } from "../../../workflows/run/preview-decision.ts";
import { AgreementsCard, readConsents } from "../forms/consent-fields.tsx";
import { readOverCapacity } from "../forms/make-up-form.tsx";
import { readOutsideLicence } from "../forms/outside-licence.tsx";
import { readSafetyAnswer } from "../forms/safety-question.tsx";
import { sendContact } from "../forms/send-episode-form.ts";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import {
  DecisionForm,
  OtherForms,
  OutcomeForm,
  readAnswers,
  snoozes,
  UndoForm,
} from "../forms/task-forms.tsx";
import { UnsavedContact, unsavedContact } from "../forms/unsaved-contact.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { OpenFormsCard } from "../ui/open-forms-card.tsx";
import { OtherPersonCard } from "../ui/other-records.tsx";
import { PersonCard, StandingCard } from "../ui/person-card.tsx";
import { queueAddress, withBack } from "../ui/place.ts";
import { LinkageCard, ServicesCard, showsServices } from "../ui/services-card.tsx";
import {
  DecidedCard,
  DoneCard,
  NoteCard,
  NotTheirsCard,
  PreviewCard,
  WhyCard,
} from "../ui/task-cards.tsx";
import { NotesCard, ReferralCard } from "../ui/written-cards.tsx";
import { rowHref } from "./list-beside.tsx";
import { formPage, formsOf, listBeside, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

/** Notes beside a task; the rest stands on the page of the person. */
const shownNotes = 5;

/** One task: why it is here, what is known, and the form that works it. */
export function taskPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();

  app.get("/staff/tasks/:taskId", (context) => show(context, context.req.param("taskId")));

  app.post("/staff/tasks/:taskId", async (context) => {
    const taskId = context.req.param("taskId");
    const found = await findOwnTask(context, taskId);
    if (found === undefined) return notHere(context);
    const { episodeId } = found;
    const isUnsaved = context.get("form").get("form") === unsavedContact && episodeId !== undefined;
    const refused = isUnsaved
      ? await sendContact(context, deps, episodeId, await zoneOf(deps, context))
      : await send(context, found);
    if (refused === undefined && isUnsaved)
      return context.redirect(`/staff/episodes/${episodeId}#thread`, 303);
    if (refused !== undefined) return show(context, taskId, refused);
    const isDone = ["outcome", "snooze"].includes(context.get("form").get("form") ?? "");
    const back = context.req.query("back");
    return context.redirect(isDone ? queueAddress(back) : `/staff/tasks/${taskId}`, 303);
  });

  async function findOwnTask(context: PageContext, taskId: string) {
    const found = await findById(deps.store, taskId, "task");
    const { siteIds } = context.get("staff");
    return found !== undefined && siteIds.includes(found.siteId) ? found : undefined;
  }

  async function send(context: PageContext, found: Found<"task">) {
    const form = context.get("form");
    const field = (name: string) => (form.get(name) ?? "").trim();
    const zone = await zoneOf(deps, context);
    const version = Number(field("version"));
    const reason = { field: "reason", label: "Reason" };
    switch (field("form")) {
      case "retract":
        return sendForm(context, {
          schema: retractBodySchema,
          body: {},
          names: {},
          zone,
          carryOut: (call, body) => taskCommands["decision/retract"](deps, call, found, body),
        });
      case "assign":
        return sendForm(context, {
          schema: assignBodySchema,
          body: { staffId: context.get("staff").staffId, version },
          names: {},
          zone,
          carryOut: (call, body) => taskCommands.assign(deps, call, found, body),
        });
      case "give":
        return sendForm(context, {
          schema: assignBodySchema,
          body: { staffId: field("staffId"), version },
          names: { staffId: { field: "staffId", label: "Give it to" } },
          zone,
          carryOut: (call, body) => taskCommands.assign(deps, call, found, body),
        });
      case "snooze": {
        const offered = snoozes.find(({ hours }) => String(hours) === field("hours"));
        return sendForm(context, {
          schema: snoozeBodySchema,
          body: {
            until: offered === undefined ? "" : addHours(deps.clock.now(), offered.hours),
            version,
          },
          names: { until: { field: "hours", label: "Put off for" } },
          zone,
          carryOut: (call, body) => taskCommands.snooze(deps, call, found, body),
        });
      }
      case "outcome": {
        const consents = readConsents(form);
        return sendForm(context, {
          schema: outcomeBodySchema,
          body: {
            outcome: field("outcome"),
            ...(field("reason") === "" ? {} : { note: field("reason") }),
            ...readSafetyAnswer(field("safetyConcern")),
            ...readAnswers(form),
            ...(field("visitOn") === "" ? {} : { visitOn: field("visitOn") }),
            ...(field("receiverId") === "" ? {} : { receiverId: field("receiverId") }),
            ...readOverCapacity(form),
            ...(consents === undefined ? {} : { consents: { ...consents, how: "phone" } }),
            version,
          },
          names: {
            outcome: { field: "outcome", label: "What happened" },
            note: { field: "reason", label: "Note" },
            visitOn: { field: "visitOn", label: "Day of the visit" },
            receiverId: { field: "receiverId", label: "Who goes on" },
            consents: { field: "consent.sms", label: "What they agree to" },
          },
          zone,
          carryOut: (call, body) => taskCommands.outcome(deps, call, found, body),
        });
      }
      default: {
        const [decision = "", choice] = field("decide").split("/");
        return sendForm(context, {
          schema: decisionBodySchema,
          body: {
            decision,
            reason: field("reason"),
            version,
            ...(choice === undefined ? {} : { choice }),
            ...readOverCapacity(form),
            ...readOutsideLicence(form),
          },
          names: { reason },
          zone,
          carryOut: (call, body) => taskCommands.decision(deps, call, found, body),
        });
      }
    }
  }

  /** The groups that the person comes to by what is decided here, with how many are in them, and what a licence says. */
  async function groupsOf(
    context: PageContext,
    { item, siteId }: Found<"task">,
    { episode }: Pick<Person, "episode">,
  ): Promise<{ readonly groups: readonly GroupPlaces[]; readonly licence?: string | undefined }> {
    if (!item.isApproval && item.taskKind !== "site-transfer") return { groups: [] };
    const ctx = await loadContext(deps, episode, context.get("actor"));
    const { groups } = item.isApproval
      ? await admissionPlaces(deps.store, ctx, item, episode)
      : await transferPlaces(deps.store, ctx, await loadSite(deps, siteId), episode);
    const licence = item.isApproval ? licenceOfAdmission(ctx, item, episode) : undefined;
    if (licence === undefined) return { groups };
    const names = await staffNames(deps.store, staffIn(licence));
    return { groups, licence: withStaffNames(licence, names) };
  }

  /** What waits for the person's answers; with the check-ins that were missed, where they are called about one. */
  async function askedItems(
    { episode: { episodeId, open } }: Person,
    { evidence }: TaskDescription,
  ) {
    const { form, checkIn } = itemPrefixes;
    const isAboutMissed = evidence.ladder === "missedCheckIn";
    const sks = open.filter(
      (sk) => sk.startsWith(form) || (sk.startsWith(checkIn) && !isAboutMissed),
    );
    const [items, checkIns] = await Promise.all([
      Promise.all(
        sks.map((sk) => {
          const key = keys.episodeItem(episodeId, sk);
          return deps.store.get("care", key.pk, key.sk);
        }),
      ),
      isAboutMissed
        ? deps.store.query("care", keys.episode(episodeId).pk, { skPrefix: checkIn, limit: 200 })
        : undefined,
    ]);
    return [...items, ...(checkIns?.items ?? [])].flatMap((item) =>
      item === undefined
        ? []
        : readOr(
            item,
            (one) => [readEpisodeItem(one)],
            () => [],
          ),
    );
  }

  async function show(context: PageContext, taskId: string, refused?: RefusedForm) {
    const staff = context.get("staff");
    const found = await findOwnTask(context, taskId);
    const task = found === undefined ? undefined : await describeTask(deps, found);
    if (found === undefined || task === undefined) return notHere(context);
    if (task.taskKind === "safety-follow-up" && task.about?.type === "escalation")
      return context.redirect(withBack(rowHref(task), context.req.query("back")), 303);
    const zone = await zoneOf(deps, context);
    const { episodeId } = task;
    const read = episodeId === undefined ? undefined : await readPerson(deps.store, episodeId);
    // Whose attendance is asked for where a session took place may be at another site by now: their record is there.
    const isThere = read !== undefined && !staff.siteIds.includes(read.episode.siteId);
    const person = isThere && task.taskKind === "mark-attendance" ? undefined : read;
    const isTheirs =
      task.recordedBy === undefined || task.recordedBy.some((one) => staff.functions.includes(one));
    const isOpen = task.status === "open" && task.decision === undefined;
    const previews =
      isOpen && task.isApproval && episodeId !== undefined
        ? await previewDecision(deps, episodeId, found.item, context.get("actor"))
        : [];
    const { groups, licence } =
      isOpen && person !== undefined
        ? await groupsOf(context, found, person)
        : { groups: [], licence: undefined };
    const [program, referral, notes, services] =
      person === undefined
        ? ["", undefined, [], []]
        : await Promise.all([
            programName(deps.store, person.episode),
            readReferral(deps.store, person.episode.participantId, person.episode.episodeId),
            listNotes(deps.store, person.episode.episodeId, { limit: shownNotes }).then(
              ({ items }) => items,
            ),
            showsServices(task.taskKind) ? readServices(deps.store, person.episode) : [],
          ]);
    // The other record of which it is asked whether it is of the same person.
    const other =
      task.about?.type === "episode"
        ? await findEpisode(deps.store, staff, task.about.id).then((own) =>
            own === undefined ? undefined : readPerson(deps.store, own.episodeId),
          )
        : undefined;
    const names = await staffNames(deps.store, [
      task.decision?.decidedBy,
      task.outcome?.recordedBy,
      task.assignedTo,
      task.requestedBy,
      ...staffInEvidence(task.evidence),
      person?.episode.hold?.contactKeptBy,
      person?.episode.aftercare?.keptBy?.staffId,
      ...notes.map(({ by }) => by),
    ]);
    const asked = isOpen && person !== undefined ? await askedItems(person, task) : [];
    // Those of the site where it is worked, which need not be the person's.
    const colleagues = isOpen ? await listStaff(deps.store, [found.siteId]) : [];
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const view = { task, zone, names };
    const back = context.req.query("back");
    return formPage(context, sent, refused, {
      title: task.participant,
      place: "/staff",
      list: await listBeside(deps, context, zone),
      content: (
        <div class="columns">
          <div>
            <WhyCard {...view} />
            <NoteCard task={task} zone={zone} />
            {isOpen || refused === undefined || person === undefined ? null : (
              <UnsavedContact
                refused={refused}
                base={forms("unsaved")}
                episodeId={person.episode.episodeId}
              />
            )}
            {other === undefined ? null : <OtherPersonCard person={other} />}
            {isOpen && task.isApproval ? (
              <>
                {person !== undefined && task.taskKind === "admission-approval" ? (
                  <AgreementsCard episode={person.episode} />
                ) : null}
                <PreviewCard previews={previews} zone={zone} />
                {isTheirs ? (
                  <DecisionForm
                    state={forms("decision")}
                    task={task}
                    groups={groups}
                    licence={licence}
                  />
                ) : (
                  <NotTheirsCard task={task} />
                )}
              </>
            ) : null}
            {isOpen && !task.isApproval && isTheirs ? (
              <OutcomeForm
                state={forms("outcome")}
                task={task}
                groups={groups}
                staff={colleagues}
                consent={
                  person === undefined || taskKindRecords[task.taskKind].asksConsent !== true
                    ? undefined
                    : { episode: person.episode, policy: await loadPolicy(deps) }
                }
              />
            ) : null}
            {isOpen && !task.isApproval && !isTheirs ? <NotTheirsCard task={task} /> : null}
            {!isOpen && task.decision === undefined ? <DoneCard {...view} /> : null}
            {!isOpen && task.decision !== undefined ? (
              <DecidedCard
                {...view}
                now={deps.clock.now()}
                undo={
                  task.decision.decidedBy === staff.staffId ? (
                    <UndoForm state={forms("retract")} />
                  ) : null
                }
              />
            ) : null}
          </div>
          <div>
            {person === undefined ? null : (
              <>
                <PersonCard person={person} back={back} />
                <OpenFormsCard
                  episode={person.episode}
                  items={asked}
                  now={deps.clock.now()}
                  zone={zone}
                  back={back}
                />
                <ReferralCard person={person} referral={referral} />
              </>
            )}
            {isOpen ? (
              <OtherForms forms={forms} task={task} staffId={staff.staffId} staff={colleagues} />
            ) : null}
            {person === undefined ? null : (
              <>
                <NotesCard
                  notes={notes}
                  zone={zone}
                  names={names}
                  more={withBack(`/staff/episodes/${person.episode.episodeId}#thread`, back)}
                />
                <StandingCard episode={person.episode} names={names} program={program} />
                <LinkageCard
                  kind={task.taskKind}
                  episode={person.episode}
                  services={services}
                  today={localDate(deps.clock.now(), zone)}
                />
                {showsServices(task.taskKind) ? (
                  <ServicesCard episode={person.episode} services={services} zone={zone} />
                ) : null}
              </>
            )}
          </div>
        </div>
      ),
    });
  }
  return app;
}
