import { type Context, Hono } from "hono";
import { phoneLabel } from "../../../shared/care/contact-points/contact-point.ts";
import { type Channel, channels } from "../../../shared/care/program/program.ts";
import { isLive } from "../../../shared/messages/consent.ts";
import { commitContactPoint } from "../../../shared/store/commit-contact-point.ts";
import { loadContactPoint } from "../../../shared/store/contact-point-items.ts";
import { submissionKey } from "../../../shared/web/http/read-form.ts";
import { Radios } from "../../../shared/web/parts/choices.tsx";
import { ContinueButton } from "../../../shared/web/parts/fields.tsx";
import { Form } from "../../../shared/web/parts/form.tsx";
import { page, refusedForm } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { preferenceTexts } from "../texts/preferences.ts";
import { Phone } from "../ui/crisis.tsx";
import { ComeBackLink } from "./come-back-routes.tsx";
import type { LinkView } from "./link-view.tsx";
import { PlansLink } from "./my-plans-routes.tsx";
import { type OpenSession, openSession } from "./open-session.ts";

type ChannelState = {
  readonly channel: Channel;
  readonly contactPointId: string;
  /** `never`: the participant has not agreed to it so far. */
  readonly state: "on" | "off" | "never";
};

const path = "/preferences";
const fieldOf: Readonly<Record<Channel, "texts" | "emails">> = { sms: "texts", email: "emails" };

/**
 * How the office may write: off is a STOP for the number or address, whoever shares it, and counts at
 * once. Emails come on again here; texts by the word START, since the carrier keeps a list of its own.
 */
export function preferenceRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();

  app.get(path, async (context) => {
    const found = await openSession(deps, context, undefined, { takesUntilEnd: true });
    if (found instanceof Response) return found;
    return preferencesPage(context, {
      ...found,
      states: await statesOf(found.view),
      submissionKey: deps.ids.next(),
    });
  });

  app.post(path, async (context) => {
    const found = await openSession(deps, context, undefined, { takesUntilEnd: true });
    if (found instanceof Response) return found;
    const { view, language, form } = found;
    const key = submissionKey(form);
    const states = await statesOf(view);
    const offered = states.filter(canChange);
    const isKnown = [...form].every(
      ([name, value]) =>
        name === "key" ||
        (offered.some(({ channel }) => fieldOf[channel] === name) &&
          (value === "on" || value === "off")),
    );
    if (key === undefined || !isKnown) return refusedForm(context, language, 400);
    for (const { channel, contactPointId, state } of offered) {
      const wanted = form.get(fieldOf[channel]) ?? state;
      if (wanted === state) continue;
      await commitContactPoint(deps, {
        contactPointId,
        channel,
        command: { type: wanted === "off" ? "stop" : "start", how: "preferences-page" },
        commandId: `preferences/${channel}/${wanted}/${key}`,
        actor: { kind: "participant", participantId: view.link.participantId },
      });
    }
    return context.redirect(found.links.hrefOf(`${path}?saved=yes`), 303);
  });

  async function statesOf({ episode }: LinkView): Promise<readonly ChannelState[]> {
    const found = channels.map(async (channel): Promise<ChannelState[]> => {
      const point = episode.reach[channel];
      if (point === undefined) return [];
      const { contactPointId } = point;
      const stored = await loadContactPoint(deps.store, contactPointId);
      const state = !isLive(episode.consents[channel])
        ? "never"
        : stored?.optOut === undefined
          ? "on"
          : "off";
      return [{ channel, contactPointId, state }];
    });
    return (await Promise.all(found)).flat();
  }
  return app;
}

function canChange({ channel, state }: ChannelState): boolean {
  return state === "on" || (state === "off" && channel === "email");
}

function preferencesPage(
  context: Context,
  input: Pick<OpenSession, "view" | "language" | "links"> & {
    readonly states: readonly ChannelState[];
    readonly submissionKey: string;
  },
) {
  const { view, language, links, states, submissionKey } = input;
  const { site } = view;
  const t = preferenceTexts[language];
  const offered = states.filter(canChange);
  return page(context, {
    language,
    title: t.title,
    brand: site.senderName,
    content: (
      <>
        {context.req.query("saved") === "yes" ? (
          <div class="govuk-inset-text" role="status">
            {t.saved}
          </div>
        ) : null}
        <h1 class="govuk-heading-l">{t.title}</h1>
        <p class="govuk-body">{t.lead}</p>
        {states
          .filter((one) => !canChange(one))
          .map(({ channel, state }) => (
            <p class="govuk-body">
              {state === "off" ? t.textsOff(phoneLabel(site.senders.sms)) : t.never[channel]}
            </p>
          ))}
        {offered.length === 0 ? null : (
          <Form {...links.formTo(path)} submissionKey={submissionKey}>
            {offered.map(({ channel, state }) => (
              <Radios
                language={language}
                name={fieldOf[channel]}
                label={t.channel[channel]}
                isHeading={false}
                errors={[]}
                value={state}
                options={[
                  { value: "on", text: t.on },
                  { value: "off", text: t.off },
                ]}
              />
            ))}
            <ContinueButton>{t.save}</ContinueButton>
          </Form>
        )}
        <ComeBackLink episode={view.episode} language={language} links={links} />
        <PlansLink episode={view.episode} language={language} links={links} />
        <p class="govuk-body">
          {t.call} <Phone number={site.phone} />
        </p>
      </>
    ),
  });
}
