import { type Context, Hono } from "hono";
import { localDate } from "../../shared/care/time/zoned-time.ts";
import { type ParsedIntake, parseIntakeRequest } from "../../shared/contracts/intake-request.ts";
import type { InputProblem } from "../../shared/contracts/read-input.ts";
import { postIntake } from "../../shared/contracts/routes/intakes.ts";
import { type AnswerOf, apiRoot } from "../../shared/contracts/routes/route.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { VerifyToken } from "../../shared/ports/sign-in.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { requestKeyPattern } from "../../shared/store/carry-out-once.ts";
import {
  findPartnerSender,
  findStaffSender,
  type KnownSender,
} from "../../shared/store/find-sender.ts";
import { listSites } from "../../shared/store/list-sites.ts";
import { readOnce } from "../../shared/store/read-once.ts";
import { problem } from "../../shared/web/http/problem.ts";
import { readJsonBody } from "../../shared/web/http/read-body.ts";
import { type IntakeOutcome, openIntake } from "../../workflows/run/open-intake.ts";

export type ReceiveIntakeDeps = CareDeps & {
  readonly logger: Logger;
  readonly verifyToken: VerifyToken;
};

const path = `${apiRoot}${postIntake.path}`;

/** Takes referrals and self-referrals from any form: `POST /api/v1/intakes`. */
export function createReceiveIntake(deps: ReceiveIntakeDeps) {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
    context.header("x-content-type-options", "nosniff");
  });
  app.on(postIntake.method, path, (context) =>
    receive({ ...deps, store: readOnce(deps.store) }, context),
  );
  app.notFound((context) => problem(context, 404, `There is nothing here. POST to ${path}.`));
  app.onError((error, context) => {
    deps.logger.error("An intake could not be taken", { route: path, error });
    context.header("retry-after", "5");
    return problem(
      context,
      503,
      "That did not work and nothing was saved. Send it again with the same Idempotency-Key.",
    );
  });
  return app;
}

async function receive(deps: ReceiveIntakeDeps, context: Context): Promise<Response> {
  const read = await readJsonBody(context);
  if (read instanceof Response) return read;
  const key = context.req.header("idempotency-key");
  if (key === undefined || !requestKeyPattern.test(key)) {
    return problem(
      context,
      400,
      "Send an Idempotency-Key header of 8 to 128 letters, digits or _ . : - with every referral.",
      {
        errors: [
          { path: "Idempotency-Key", problem: key === undefined ? "is missing" : "is not taken" },
        ],
      },
    );
  }
  const { request, problems } = parseIntakeRequest(read.value, await todayAt(deps, read.value));
  if (request === undefined) return invalid(context, problems);
  const sender = await findSender(deps, context, request.source);
  if (sender === undefined) {
    return problem(
      context,
      401,
      request.source === "staff"
        ? "Sign in first: a referral with source staff needs a valid access token."
        : "Send your key in the X-Partner-Key header: it is missing or not known.",
    );
  }
  if (!sender.mayRefer)
    return problem(
      context,
      404,
      "Only members of the care team can refer somebody as staff. Refer from the site's own page instead.",
    );
  const outcome = await openIntake(deps, {
    request,
    identity: {
      scope: sender.scope,
      key,
      method: "POST",
      path,
      body: read.text,
    },
    actorOf: sender.actorOf,
    ...(sender.siteIds === undefined ? {} : { allowedSiteIds: sender.siteIds }),
  });
  return answer(context, outcome);
}

type Sender = {
  readonly scope: string;
  readonly actorOf: Parameters<typeof openIntake>[1]["actorOf"];
  readonly siteIds?: readonly string[];
  /** False for somebody who is on the staff and has no function in the care team. */
  readonly mayRefer: boolean;
};

/** Everybody may refer themself or somebody else; who sends as staff or as a partner shows who they are. */
async function findSender(
  deps: ReceiveIntakeDeps,
  context: Context,
  source: ParsedIntake["source"],
): Promise<Sender | undefined> {
  switch (source) {
    case "self":
      return {
        scope: "public",
        actorOf: (participantId) => ({ kind: "participant", participantId }),
        mayRefer: true,
      };
    case "referrer":
      return {
        scope: "public",
        actorOf: () => ({ kind: "system", part: "receive-intake" }),
        mayRefer: true,
      };
    case "staff":
      return known(await findStaffSender(deps, context.req.header("authorization")));
    case "partner":
      return known(await findPartnerSender(deps, context.req.header("x-partner-key")));
  }
}

function known(sender: KnownSender | undefined): Sender | undefined {
  if (sender === undefined) return undefined;
  const { scope, actor, siteIds } = sender;
  const mayRefer = actor.kind !== "staff" || actor.functions.length > 0;
  return { scope, actorOf: () => actor, siteIds, mayRefer };
}

/** The date where the referral goes, which tells whether a date lies in the future. */
async function todayAt(deps: ReceiveIntakeDeps, body: unknown): Promise<string> {
  const sites = await listSites(deps.store);
  const siteId =
    body !== null && typeof body === "object" ? Reflect.get(body, "siteId") : undefined;
  const site = sites.find((one) => one.siteId === siteId) ?? sites[0];
  return localDate(deps.clock.now(), site?.timeZone ?? "UTC");
}

function answer(context: Context, outcome: IntakeOutcome): Response {
  switch (outcome.outcome) {
    case "opened":
      return context.json(
        outcome.answer satisfies AnswerOf<typeof postIntake>,
        postIntake.answer.status,
      );
    case "other-body":
      return problem(
        context,
        422,
        "This Idempotency-Key was used for another referral. Use a new key for a new referral.",
      );
    case "too-many":
      context.header("retry-after", "3600");
      return problem(
        context,
        429,
        "Too many referrals name this phone or email. Wait an hour, or call the site.",
      );
    case "invalid":
      return invalid(context, outcome.problems);
  }
}

function invalid(context: Context, errors: readonly InputProblem[]): Response {
  return problem(
    context,
    400,
    "The referral was not taken. Put right what is listed and send it again.",
    { errors },
  );
}
