import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answerAll, answerCheckIn } from "./answers.ts";
import type { Client } from "./client.ts";
import { instantOf } from "./local-time.ts";
import type { Office, Task } from "./office.ts";
import { answerPages, type Choose, openLink } from "./participant.ts";
import { sessionIdOf } from "./session-id.ts";

const zone = "America/New_York";
const phq9 = JSON.parse(
  readFileSync(
    join(import.meta.dirname, "../../fixtures/fhir/us-core-QuestionnaireResponse-phq-9.json"),
    "utf8",
  ),
);

/** One thing that somebody does; doing it again after a lost answer changes nothing more. */
export type RepeatableStep = {
  readonly at: string;
  readonly what: string;
  readonly act: () => Promise<void>;
};

/** A shortened pathway of one participant: intake, one week, discharge, the first month of aftercare. */
export class ShortPathway {
  readonly #client: Client;
  readonly #office: Office;
  /** Tasks as they were first read: a repeated request is the very same request. */
  readonly #bodies = new Map<string, { readonly path: string; readonly body: unknown }>();
  episodeId = "";
  participantId = "";

  constructor(client: Client, office: Office) {
    this.#client = client;
    this.#office = office;
  }

  steps(): readonly RepeatableStep[] {
    const at = (wallTime: string, what: string, act: () => Promise<void>): RepeatableStep => ({
      at: instantOf(wallTime, zone),
      what,
      act,
    });
    return [
      at("2027-01-11 09:00", "refer", () => this.#refer()),
      at("2027-01-11 10:00", "answer the forms", () =>
        this.#answer(["ask-forms", "remind-forms"], answerAll(1)),
      ),
      at("2027-01-11 11:00", "ask what staff ask everybody", () =>
        this.#office.askInTheRoom(this.episodeId, "short-pathway-screen"),
      ),
      at("2027-01-12 08:00", "approve the admission", () =>
        this.#decide("admission-approval", "clinician"),
      ),
      at("2027-01-12 09:20", "the first morning", async () => {}),
      at("2027-01-12 12:10", "attend", () =>
        this.#attend("2027-01-12", "tue-medication", "present"),
      ),
      at("2027-01-13 14:00", "the day before", async () => {}),
      at("2027-01-14 09:10", "miss the group", () =>
        this.#attend("2027-01-14", "thu-group", "no-show"),
      ),
      at("2027-01-14 09:40", "a neutral text has gone", async () => {}),
      at("2027-01-14 10:30", "reached by phone", () =>
        this.#outcome("outreach-call", "case-manager", "reached"),
      ),
      at("2027-01-14 12:40", "attend", () =>
        this.#attend("2027-01-14", "thu-individual", "present"),
      ),
      at("2027-01-15 09:10", "attend", () =>
        this.#attend("2027-01-15", "fri-psychoeducation", "present"),
      ),
      at("2027-01-18 08:30", "ask for discharge", () =>
        this.#post("discharge", "case-manager", `/episodes/${this.episodeId}/transition`, {
          to: "discharge",
          disposition: "moved",
          reason: "Moves to another town",
        }),
      ),
      at("2027-01-18 08:40", "work off the checklist", () => this.#checklist()),
      at("2027-01-18 12:30", "approve the discharge", () =>
        this.#decide("discharge-approval", "clinical-lead"),
      ),
      at("2027-01-18 12:40", "a farewell has gone", async () => {}),
      at("2027-01-19 14:00", "the first aftercare call", () =>
        this.#outcome("aftercare-call", "case-manager", "reached"),
      ),
      at("2027-01-25 13:30", "answer the check-in of day 7", () =>
        this.#answer(["check-in"], answerCheckIn()),
      ),
      at("2027-02-01 13:30", "leave the check-in of day 14", async () => {}),
      at("2027-02-02 14:00", "and its reminder", async () => {}),
      at("2027-02-03 14:00", "and the last one", async () => {}),
      at("2027-02-08 15:00", "it is missed, and a call reaches the person", () =>
        this.#outcome("outreach-call", "case-manager", "reached", "missedCheckIn"),
      ),
      at("2027-02-17 18:00", "answer the check-in of day 30", () =>
        this.#answer(["check-in"], answerCheckIn(), "2027-02-17"),
      ),
      at("2027-02-19 12:00", "the end", async () => {}),
    ];
  }

  async #refer(): Promise<void> {
    const { status, body } = await this.#client.json(
      "POST",
      "/api/v1/intakes",
      {
        programId: "adult-iop",
        siteId: "riverside",
        source: "self",
        participant: {
          name: { given: "Odile", family: "Marchbanks" },
          birthDate: "1979-08-19",
          phone: "+12125550171",
          phoneKind: "own",
          email: "odile.m@example.org",
          language: "en",
        },
        consents: { sms: true, email: true, voicemail: false },
        responses: [phq9],
      },
      { "idempotency-key": "the-one-referral" },
    );
    if (status !== 202) throw new Error(`The referral was answered ${status}`);
    this.episodeId = body.episodeId;
    this.participantId = (await this.#office.episode(this.episodeId)).participantId;
  }

  /** Sends a request whose body was fixed the first time, under its own key. */
  async #post(
    name: string,
    as: Parameters<Client["api"]>[0],
    path: string,
    body: unknown,
  ): Promise<void> {
    const fixed = this.#bodies.get(name) ?? { path, body };
    this.#bodies.set(name, fixed);
    await this.#client.api(as, "POST", fixed.path, fixed.body, `short-pathway-${name}`);
  }

  async #decide(taskKind: string, as: Parameters<Client["api"]>[0]): Promise<void> {
    const known = this.#bodies.get(taskKind);
    const task = known === undefined ? await this.#taskFor(taskKind) : undefined;
    await this.#post(taskKind, as, `/tasks/${task?.taskId}/decision`, {
      decision: "approved",
      reason: "Agreed",
      version: task?.version,
    });
  }

  async #outcome(
    taskKind: string,
    as: Parameters<Client["api"]>[0],
    outcome: string,
    name = taskKind,
  ): Promise<void> {
    const known = this.#bodies.get(name);
    const task = known === undefined ? await this.#taskFor(taskKind) : undefined;
    await this.#post(name, as, `/tasks/${task?.taskId}/outcome`, { outcome });
  }

  /** The open task of a kind that is not a clinician's: theirs, about a welfare check, ends with the call. */
  async #taskFor(taskKind: string): Promise<Task | undefined> {
    const tasks = await this.#office.tasks(this.episodeId);
    const open = tasks.filter((task) => task.status === "open" && task.taskKind === taskKind);
    return open.find(({ assignedFunction }) => assignedFunction !== "clinician");
  }

  async #checklist(): Promise<void> {
    await this.#office.completeChecklist(this.episodeId, "short-pathway-checklist");
  }

  async #attend(date: string, slot: string, status: string): Promise<void> {
    const session = sessionIdOf("riverside", date, slot, this.episodeId);
    await this.#office.attend(this.episodeId, session, status);
  }

  /** Follows the newest link of these templates; where none arrived, the person hears no more today. */
  async #answer(templates: readonly string[], choose: Choose, since?: string): Promise<void> {
    const sent = await this.#client.outbox({ participantId: this.participantId });
    const message = sent.find(
      (one) =>
        templates.some((template) => one.templateId?.startsWith(template) === true) &&
        (since === undefined || one.sentAt >= since),
    );
    const link = message?.links.find((one) => one.includes("/k/"));
    if (link === undefined) throw new MissingLinkError();
    const { browser } = await answerPages(await openLink(link), choose);
    if (browser.status !== 200) throw new Error(`The form ended with ${browser.status}`);
  }
}

/** The message with the link is not in the outbox: it may be one whose sending is unknown. */
export class MissingLinkError extends Error {}
