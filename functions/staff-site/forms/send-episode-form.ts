import {
  confirmReachBodySchema,
  contactLogBodySchema,
  holdBodySchema,
  keeperBodySchema,
  reasonBodySchema,
  resumeBodySchema,
  trackBodySchema,
  transitionBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import type { PageContext } from "../session/signed-in.tsx";
import { readOverCapacity } from "./make-up-form.tsx";
import { readSafetyAnswer } from "./safety-question.tsx";
import { type FieldNames, type RefusedForm, sendForm } from "./send-form.ts";

const names: FieldNames = {
  reason: { field: "reason", label: "Reason" },
  track: { field: "track", label: "How often" },
  kind: { field: "kind", label: "Kind" },
  expectedReturnOn: { field: "expectedReturnOn", label: "Expected return" },
  keptBy: { field: "keptBy", label: "Who keeps contact" },
  contactKeptBy: { field: "contactKeptBy", label: "Who keeps contact" },
  disposition: { field: "disposition", label: "How it ends" },
  channel: { field: "channel", label: "By" },
  outcome: { field: "outcome", label: "Outcome" },
  note: { field: "note", label: "Note" },
};

/** Carries out the command that a form of the participant's page stands for. */
export function sendEpisodeForm(
  context: PageContext,
  deps: CareDeps,
  episodeId: string,
  zone: string,
): Promise<RefusedForm | undefined> {
  const form = context.get("form");
  const field = (name: string) => (form.get(name) ?? "").trim();
  const reason = field("reason");
  const common = { names, zone };
  switch (field("form")) {
    case "hold":
      return sendForm(context, {
        ...common,
        schema: holdBodySchema,
        body: {
          kind: field("kind"),
          contactKeptBy: field("contactKeptBy"),
          reason,
          ...(field("expectedReturnOn") === ""
            ? {}
            : { expectedReturnOn: field("expectedReturnOn") }),
        },
        carryOut: (call, body) => episodeCommands.hold(deps, call, episodeId, body),
      });
    case "confirm":
      return sendForm(context, {
        ...common,
        schema: confirmReachBodySchema,
        body: { channel: "sms", reason },
        carryOut: (call, body) =>
          episodeCommands["reach-confirmation"](deps, call, episodeId, body),
      });
    case "resume":
      return sendForm(context, {
        ...common,
        schema: resumeBodySchema,
        body: { reason, ...readOverCapacity(form) },
        carryOut: (call, body) => episodeCommands.resume(deps, call, episodeId, body),
      });
    case "track":
      return sendForm(context, {
        ...common,
        schema: trackBodySchema,
        body: { track: field("track"), reason },
        carryOut: (call, body) => episodeCommands["aftercare-track"](deps, call, episodeId, body),
      });
    case "keeper":
      return sendForm(context, {
        ...common,
        schema: keeperBodySchema,
        body: { keptBy: field("keptBy"), reason },
        carryOut: (call, body) => episodeCommands["aftercare-keeper"](deps, call, episodeId, body),
      });
    case "withdraw":
      return sendForm(context, {
        ...common,
        schema: reasonBodySchema,
        body: { reason },
        carryOut: (call, body) => episodeCommands.withdraw(deps, call, episodeId, body),
      });
    case "discharge":
    case "reverse-discharge":
      return sendForm(context, {
        ...common,
        schema: transitionBodySchema,
        body: {
          to: field("form"),
          ...(field("form") === "discharge" ? { disposition: field("disposition") } : {}),
          ...readOverCapacity(form),
          reason,
        },
        carryOut: (call, body) => episodeCommands.transition(deps, call, episodeId, body),
      });
    default:
      return sendContact(context, deps, episodeId, zone);
  }
}

/** Writes down the contact that a form tells of. */
export function sendContact(
  context: PageContext,
  deps: CareDeps,
  episodeId: string,
  zone: string,
): Promise<RefusedForm | undefined> {
  const form = context.get("form");
  const field = (name: string) => (form.get(name) ?? "").trim();
  return sendForm(context, {
    names,
    zone,
    schema: contactLogBodySchema,
    body: {
      channel: field("channel"),
      outcome: field("outcome"),
      ...(field("note") === "" ? {} : { note: field("note") }),
      ...readSafetyAnswer(field("safetyConcern")),
    },
    carryOut: (call, body) => episodeCommands.contacts(deps, call, episodeId, body),
  });
}
