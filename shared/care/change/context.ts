import type { Actor } from "../episode/actor.ts";
import type { Instrument } from "../program/instrument.ts";
import type { Policy } from "../program/policy.ts";
import type { Program } from "../program/program.ts";
import type { Site } from "../program/site.ts";

/** What a decision may look at besides the episode: the instant, the pinned program, the live rules. */
export type DecisionContext = {
  /** RFC 3339 UTC, milliseconds. */
  readonly now: string;
  readonly program: Program;
  readonly instruments: Readonly<Record<string, Instrument>>;
  readonly policy: Policy;
  readonly site: Site;
  readonly actor: Actor;
  /** A new ULID; handed in so that decisions stay pure and repeatable. */
  readonly newId: () => string;
};
