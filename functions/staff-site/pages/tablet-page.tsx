import { Hono } from "hono/tiny";
import { tabletCodeBodySchema } from "../../../shared/contracts/api-bodies.ts";
import {
  type Asked,
  idOfAsked,
  openOnTablet,
  standingTabletCode,
  tabletCodeMinutes,
} from "../../../shared/questions/tablet-code.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { askedWords, codeWords } from "../../../shared/staff/words/asked-words.ts";
import { loadEpisode } from "../../../shared/store/decide-and-commit.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { OtherWays } from "../ui/open-forms-card.tsx";
import { Card } from "../ui/parts.tsx";
import { inZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

/** Where staff make the code by which somebody fills in one form on a clinic's tablet. */
export function tabletPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/tablet" as const;

  app.get(path, (context) => show(context, context.req.param("episodeId")));

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const refused = await sendForm(context, {
      names: {},
      zone: await zoneOf(deps, context),
      schema: tabletCodeBodySchema,
      body: { id: context.get("form").get("id") ?? "" },
      carryOut: (call, body) => episodeCommands["tablet-codes"](deps, call, episodeId, body),
    });
    if (refused !== undefined) return show(context, episodeId, refused);
    return context.redirect(context.req.path, 303);
  });

  async function show(context: PageContext, episodeId: string, refused?: RefusedForm) {
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const [person, state, { instruments }] = await Promise.all([
      readPerson(deps.store, episodeId),
      loadEpisode(deps.store, episodeId, []),
      loadProgram(deps.store, own.programId, own.programVersion),
    ]);
    if (person === undefined || state === undefined) return notHere(context);
    const open = openOnTablet(state.items.values(), deps.clock.now());
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const zone = await zoneOf(deps, context);
    return formPage(context, sent, refused, {
      title: `On the clinic tablet: ${person.name}`,
      place: "/staff/people",
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>Back to {person.name}</a>
          </p>
          {open.length === 0 ? (
            <p class="card">Nothing waits for this person's answers now.</p>
          ) : (
            <p>
              A code opens one form once, within {tabletCodeMinutes} minutes. It is typed on the
              tablet at {deps.publicOrigin}/tablet?site={own.siteId}. Nothing of the person is left
              on the tablet when the form is sent or left.
            </p>
          )}
          {open.map((item) => (
            <>
              <h2>{askedWords(item)}</h2>
              <Code item={item} zone={zone} />
              <StaffForm state={forms(`code-${idOfAsked(item)}`)} isCard={false}>
                <input type="hidden" name="id" value={idOfAsked(item)} />
                <div class="buttons">
                  <button type="submit">
                    {item.tablet === undefined
                      ? "Make a code"
                      : "Make a new code, which ends the one before"}
                  </button>
                </div>
              </StaffForm>
              <OtherWays episodeId={episodeId} item={item} instruments={instruments} />
            </>
          ))}
        </>
      ),
    });
  }

  function Code({ item, zone }: { readonly item: Asked; readonly zone: string }) {
    const { tablet } = item;
    if (tablet === undefined) return null;
    const standing = standingTabletCode(item, deps.clock.now());
    if (standing !== undefined)
      return (
        <Card>
          <p class="big">
            <strong>{codeWords(deps.secrets.tabletCode(standing.linkId))}</strong>
          </p>
          <p>Taken once, until {inZone(standing.until, zone)}.</p>
        </Card>
      );
    return (
      <p class="quiet">
        {tablet.usedAt === undefined
          ? `The last code ended ${inZone(tablet.until, zone)} and was not used.`
          : `Opened on the tablet ${inZone(tablet.usedAt, zone)}.`}
      </p>
    );
  }
  return app;
}
