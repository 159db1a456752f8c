// Long because it is one page: the versions of a program, whom a move changes what for, and taking it back.
import { Hono } from "hono/tiny";
import { programVersionBodySchema } from "../../../shared/contracts/person-bodies.ts";
import { type ListedVersion, listVersions } from "../../../shared/publishing/list-versions.ts";
import { programName } from "../../../shared/staff/people/program-name.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { loadSites } from "../../../shared/store/list-sites.ts";
import { Checkbox } from "../../../shared/web/parts/choices.tsx";
import { TextField } from "../../../shared/web/parts/fields.tsx";
import {
  type MovedPeople,
  marksOf,
  movePeople,
  type PersonInProgram,
  type PlannedMove,
  peopleInPrograms,
  peopleToMove,
  peopleToTakeBack,
  planMoves,
} from "../../../workflows/run/commands/move-people.ts";
import { versionDeciders } from "../../../workflows/run/people/move-version.ts";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { FormState } from "../forms/sent-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { Table } from "../ui/parts.tsx";
import { inWords, inZone } from "../ui/times.ts";
import { UnreadableCard } from "../ui/unreadable-card.tsx";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

/** How many people are shown and moved together: as many as somebody reads, and a store moves within seconds. */
const shownTogether = 50;
/** No further person is begun after this time: the page says how far it is, and the button goes on. */
const movingMs = 2000;

const bodySchema = programVersionBodySchema.omit({ version: true });
const names = {
  reason: { field: "reason", label: "Why" },
  isOverCapacity: { field: "isOverCapacity", label: "Although there is no room" },
};

type Program = {
  readonly programId: string;
  readonly name: string;
  readonly versions: readonly ListedVersion[];
};

/** The versions of the programs, and moving people in care to another one: shown first, moved then, taken back within a day. */
export function versionsPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/versions/:programId/:version" as const;

  app.get("/staff/versions", async (context) => {
    if (!mayMove(context)) return notHere(context);
    const [programs, { people, unreadable }, zone] = await Promise.all([
      programsOf(context),
      peopleInPrograms(deps, context.get("staff")),
      zoneOf(deps, context),
    ]);
    return staffPage(context, {
      title: "Versions of the programs",
      who: context.get("staff").name,
      place: "/staff/people",
      content: (
        <>
          <p>
            Everybody stays on the version that they began with until somebody moves them. Choose a
            version to see what it would change, person by person; nothing is written before you say
            so.
          </p>
          <UnreadableCard episodeIds={unreadable} />
          {programs.map((program) => (
            <Versions program={program} people={people} zone={zone} />
          ))}
        </>
      ),
    });
  });

  app.get(path, async (context) => {
    const chosen = await chosenOf(context);
    return chosen === undefined ? notHere(context) : show(context, chosen);
  });

  app.post(path, async (context) => {
    const chosen = await chosenOf(context);
    if (chosen === undefined) return notHere(context);
    const form = context.get("form");
    const isBack = form.get("form") === "back";
    const startedAt = Date.parse(deps.sessionClock.now());
    let done: MovedPeople | undefined;
    const refused = await sendForm(context, {
      schema: bodySchema,
      body: {
        reason: (form.get("reason") ?? "").trim(),
        ...(form.get("isOverCapacity") === "yes" ? { isOverCapacity: true } : {}),
      },
      names,
      zone: await zoneOf(deps, context),
      carryOut: async (call, { reason, isOverCapacity }) => {
        const everybody = await peopleInPrograms(deps, call.staff);
        const people = everybody.people.filter(
          ({ episode }) => episode.programId === chosen.program.programId,
        );
        const order = {
          people,
          to: isBack ? undefined : chosen.version.version,
          seen: form.get("seen") ?? "",
          isOverCapacity: isOverCapacity === true,
          reason,
        };
        const hasTime = () => Date.parse(deps.sessionClock.now()) - startedAt < movingMs;
        const outcome = await movePeople(deps, call, order, hasTime);
        if ("refused" in outcome) return { outcome: "refused", refusal: outcome };
        done = outcome;
        return { outcome: "done", body: "" };
      },
    });
    if (refused !== undefined || done === undefined) return show(context, chosen, refused);
    const said = new URLSearchParams({
      done: isBack ? "back" : "moved",
      moved: String(done.moved),
      stay: String(done.stay.length),
      left: String(done.left),
    });
    return context.redirect(`${context.req.path}?${said}`, 303);
  });

  async function programsOf(context: PageContext): Promise<readonly Program[]> {
    const sites = await loadSites(deps.store, context.get("staff").siteIds);
    const ids = [...new Set(sites.flatMap(({ programs }) => programs))];
    const found = await Promise.all(
      ids.map(async (programId) => {
        const versions = await listVersions(deps.store, programId);
        const latest = versions.find(({ isLatest }) => isLatest);
        if (latest === undefined) return [];
        const name = await programName(deps.store, { programId, programVersion: latest.version });
        return [{ programId, name, versions }];
      }),
    );
    return found.flat();
  }

  async function chosenOf(context: PageContext) {
    if (!mayMove(context)) return undefined;
    const { programId, version } = context.req.param();
    const program = (await programsOf(context)).find((one) => one.programId === programId);
    const listed = program?.versions.find((one) => String(one.version) === version);
    return program === undefined || listed === undefined ? undefined : { program, version: listed };
  }

  async function show(
    context: PageContext,
    { program, version }: { readonly program: Program; readonly version: ListedVersion },
    refused?: RefusedForm,
  ) {
    const staff = context.get("staff");
    const [{ people: everybody, unreadable }, zone] = await Promise.all([
      peopleInPrograms(deps, staff),
      zoneOf(deps, context),
    ]);
    const target = { programId: program.programId, version: version.version };
    const toMove = peopleToMove(everybody, target);
    const toTakeBack = peopleToTakeBack(everybody, target, deps.clock.now());
    const from = fromOf(context.req.query("from"), toMove.length);
    const shown = toMove.slice(from, from + shownTogether);
    const back = toTakeBack.slice(0, shownTogether);
    const actor = context.get("actor");
    const moves = await planMoves(deps, actor, shown, version.version);
    const returns = await planMoves(deps, actor, back, undefined);
    const staffOf = await staffNames(
      deps.store,
      back.map(({ episode }) => episode.versionMove?.by),
    );
    const on = everybody.filter(
      ({ episode }) =>
        episode.programId === program.programId && episode.programVersion === version.version,
    ).length;
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    return formPage(context, sent, refused, {
      title: `${program.name}: version ${version.version}`,
      place: "/staff/people",
      notice: noticeOf(context, refused),
      content: (
        <>
          <p>
            <a href="/staff/versions">All versions</a>
          </p>
          <p>
            {on} of {on + toMove.length} people of your sites who are in care or followed after it
            are on this version.
          </p>
          <UnreadableCard episodeIds={unreadable} />
          {version.aboveCapacity === undefined ? null : (
            <div class="card urgent">
              <p>
                <strong>It needs more hours of staff than the sites declare.</strong> It was
                published all the same: “{version.aboveCapacity.reason}”
              </p>
              <ul>
                {version.aboveCapacity.loads.map((load) => (
                  <li>{load}</li>
                ))}
              </ul>
            </div>
          )}
          <h2>What a move changes</h2>
          {moves.length === 0 ? (
            <p class="card">Nobody of your sites is on another version of this program.</p>
          ) : (
            <>
              <Moves label="What a move changes" moves={moves} zone={zone} />
              <MoveForm
                state={forms("move")}
                moves={moves}
                button={(count) => `Move ${peopleLabel(count)} to version ${version.version}`}
                words="What is planned is planned again by that version; nothing is sent twice. Work that is owed, sessions of the week that is open and answers given stay. It can be taken back for a day."
              />
              <More path={context.req.path} from={from} total={toMove.length} />
            </>
          )}
          {returns.length === 0 ? null : (
            <>
              <h2>Moved to it within the last day</h2>
              <Moves
                label="What taking it back changes"
                moves={returns}
                zone={zone}
                movedBy={
                  new Map(
                    back.map(({ episode: { episodeId, versionMove } }) => [
                      episodeId,
                      versionMove === undefined
                        ? ""
                        : `${nameOrId(staffOf, versionMove.by)}, ${inZone(versionMove.at, zone)}`,
                    ]),
                  )
                }
              />
              <MoveForm
                state={forms("back")}
                moves={returns}
                button={(count) => `Take ${peopleLabel(count)} back`}
                words="Each goes back to the version that they came from. What had been taken out is sent after all where it has not passed and speaks of what still stands."
              />
            </>
          )}
        </>
      ),
    });
  }
  return app;
}

function mayMove(context: PageContext): boolean {
  return context.get("staff").functions.some((one) => versionDeciders.some((may) => may === one));
}

function fromOf(asked: string | undefined, total: number): number {
  const from = /^\d{1,6}$/.test(asked ?? "") ? Number(asked) : 0;
  return from < total ? from : 0;
}

function peopleLabel(count: number): string {
  return count === 1 ? "1 person" : `${count} people`;
}

function noticeOf(context: PageContext, refused: RefusedForm | undefined) {
  const done = context.req.query("done");
  if (refused !== undefined || (done !== "moved" && done !== "back")) return undefined;
  const count = (name: string) => fromOf(context.req.query(name), Number.MAX_SAFE_INTEGER);
  const [moved, stay, left] = [count("moved"), count("stay"), count("left")];
  return (
    <p>
      {peopleLabel(moved)} {moved === 1 ? "was" : "were"} {done === "back" ? "taken back" : "moved"}
      .{stay === 0 ? "" : ` ${peopleLabel(stay)} could not be: each says why below.`}
      {left === 0
        ? ""
        : ` ${peopleLabel(left)} of those you chose ${left === 1 ? "is" : "are"} still to be done: press the button again, and it goes on.`}
    </p>
  );
}

function Versions({
  program,
  people,
  zone,
}: {
  readonly program: Program;
  readonly people: readonly PersonInProgram[];
  readonly zone: string;
}) {
  const { programId, name, versions } = program;
  const on = (version: number) =>
    people.filter(
      ({ episode }) => episode.programId === programId && episode.programVersion === version,
    ).length;
  return (
    <>
      <h2>{name}</h2>
      <Table label={`Versions of ${name}`} head={["Version", "People on it", "Published"]}>
        {versions.toReversed().map(({ version, publishedAt, isLatest, aboveCapacity }) => (
          <tr>
            <th scope="row">
              <a href={`/staff/versions/${programId}/${version}`}>Version {version}</a>
            </th>
            <td>{on(version)}</td>
            <td>
              {inZone(publishedAt, zone)}
              {isLatest ? <div>Newcomers begin on it</div> : null}
              {aboveCapacity === undefined ? null : (
                <div>It needs more hours of staff than are declared</div>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

const stateLabels: Readonly<Record<Exclude<PlannedMove["state"], "to-move">, string>> = {
  "over-capacity": "No room",
  stays: "Stays",
};

function Moves({
  label,
  moves,
  zone,
  movedBy,
}: {
  readonly label: string;
  readonly moves: readonly PlannedMove[];
  readonly zone: string;
  readonly movedBy?: ReadonlyMap<string, string>;
}) {
  const head = ["Who", "What changes", ...(movedBy === undefined ? [] : ["Moved by"])];
  return (
    <Table label={label} head={head}>
      {moves.map(({ episodeId, name, reference, from, state, why, changes }) => (
        <tr>
          <th scope="row">
            <a href={`/staff/episodes/${episodeId}`}>{name}</a>
            <div class="quiet">
              {reference}, version {from}
            </div>
          </th>
          <td>
            {state === "to-move" ? null : <span class="tag late">{stateLabels[state]}</span>}
            {why === undefined ? null : <div>{inWords(why, zone)}</div>}
            {state === "stays" ? null : changes.length === 0 ? (
              "Nothing that is planned changes"
            ) : (
              <ul>
                {changes.map(({ what, words }) => (
                  <li>{inWords(`${what} ${words}`, zone)}</li>
                ))}
              </ul>
            )}
          </td>
          {movedBy === undefined ? null : <td>{movedBy.get(episodeId) ?? ""}</td>}
        </tr>
      ))}
    </Table>
  );
}

function MoveForm({
  state,
  moves,
  button,
  words,
}: {
  readonly state: FormState;
  readonly moves: readonly PlannedMove[];
  readonly button: (count: number) => string;
  readonly words: string;
}) {
  const over = moves.filter((one) => one.state === "over-capacity").length;
  const free = moves.filter((one) => one.state === "to-move").length;
  if (over + free === 0) return <p class="card">None of these can be moved now.</p>;
  return (
    <StaffForm state={state}>
      <input type="hidden" name="seen" value={marksOf(moves)} />
      <TextField {...state.field("reason")} label="Why, for the audit trail" isWide={true} />
      {over === 0 ? null : (
        <Checkbox
          {...state.field("isOverCapacity")}
          label={`Although there is no room: ${peopleLabel(over)} too`}
        />
      )}
      <div class="buttons">
        <button type="submit">{free === 0 ? button(over) : button(free)}</button>
      </div>
      <p class="quiet">
        {words} Where something has changed for one of them until you press the button, nobody is
        moved and you see the differences again.
      </p>
    </StaffForm>
  );
}

function More({
  path,
  from,
  total,
}: {
  readonly path: string;
  readonly from: number;
  readonly total: number;
}) {
  if (total <= shownTogether) return null;
  const last = Math.min(from + shownTogether, total);
  return (
    <nav class="pages" aria-label="More people">
      <span>
        {from + 1} to {last} of {total} people
      </span>
      {from === 0 ? null : (
        <a href={`${path}?from=${Math.max(0, from - shownTogether)}`} rel="prev">
          Those before
        </a>
      )}
      {last === total ? null : (
        <a href={`${path}?from=${last}`} rel="next">
          Those after
        </a>
      )}
    </nav>
  );
}
