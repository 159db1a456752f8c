/** 0 done, 1 found something wrong, 2 called wrongly. */
export type ExitCode = 0 | 1 | 2;

/** What a command has to say, as data and as lines for a person. */
export type Outcome = {
  readonly exitCode: ExitCode;
  readonly json: unknown;
  readonly text: string;
};

/** The outside of a command, so that tests can stand in for it. */
export type Io = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly fetch: typeof fetch;
  /** False for a pipe or a file, and where `NO_COLOR` is set. */
  readonly isColored: boolean;
};

export type Option = {
  /** As commander reads it, e.g. `--site <id>`; a flag where it takes no value. */
  readonly flags: string;
  readonly words: string;
};

export type Input = {
  readonly args: readonly string[];
  /** Options by their name in camel case; flags are true or absent. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly io: Io;
};

/** One command of the table: what it is called, what it takes and what it does. */
export type Command = {
  /** Its words, e.g. `program check`. */
  readonly name: string;
  readonly summary: string;
  /** Arguments as commander reads them, e.g. `<folder>`. */
  readonly args?: readonly { readonly name: string; readonly words: string }[];
  readonly options?: readonly Option[];
  readonly run: (input: Input) => Promise<Outcome>;
};

/** What the caller has to put right; the sentence says how. */
export class CalledWrongly extends Error {}

/** Something outside did not do what it should; the sentence says what to look at. */
export class NotDone extends Error {}

/** An option's text; `undefined` where it was left out. */
export function textOption(input: Input, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === "string" ? value : undefined;
}
