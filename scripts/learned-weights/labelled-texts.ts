import { readFileSync } from "node:fs";
import { parse } from "yaml";

export type Labelled = {
  readonly text: string;
  /** True for danger; among texts about the end of messages, for those that ask for it. */
  readonly isSought: boolean;
  /** Sentences that were written together. */
  readonly batch: string;
  /** True where no rule was ever written or widened for the batch. */
  readonly isBlind: boolean;
  readonly isHeldOut: boolean;
};
type Batch = { readonly danger: readonly string[]; readonly harmless: readonly string[] };
type Voice = Batch & { readonly part: "train" | "held-out" };

const voiceFiles = ["voices", "wider-voices", "unseen"] as const;

/** Every labelled sentence of `test/labelled`, by the batch in which it was written. */
export function labelledTexts(): readonly Labelled[] {
  const read = (name: string): unknown => parse(readFileSync(`test/labelled/${name}.yaml`, "utf8"));
  const voices = voiceFiles.flatMap((name) =>
    Object.entries(read(name) as Readonly<Record<string, Voice>>),
  );
  const batches = read("held-out") as Readonly<Record<string, Batch>>;
  const sentences = read("sentences") as Readonly<
    Record<string, Record<string, readonly string[]>>
  >;
  return [
    ...voices.flatMap(([name, voice]) =>
      labelled(voice, { batch: name, isBlind: true, isHeldOut: voice.part === "held-out" }),
    ),
    ...Object.entries(batches).flatMap(([name, batch]) =>
      labelled(batch, { batch: `batch ${name}`, isBlind: false, isHeldOut: false }),
    ),
    ...Object.entries(sentences).flatMap(([kind, byLanguage]) =>
      Object.values(byLanguage)
        .flat()
        .map((text) => ({
          text,
          isSought: kind === "danger",
          batch: "sentences",
          isBlind: false,
          isHeldOut: false,
        })),
    ),
  ];
}

function labelled(
  { danger, harmless }: Batch,
  of: Omit<Labelled, "text" | "isSought">,
): readonly Labelled[] {
  return [
    ...danger.map((text) => ({ text, isSought: true, ...of })),
    ...harmless.map((text) => ({ text, isSought: false, ...of })),
  ];
}

/** Batches of `opt-out.yaml` that nothing is trained on. */
const optOutHeldOut: ReadonlySet<string> = new Set(["heldOut", "unseen", "unseenAgain"]);

type OptOut = { readonly stop: readonly string[]; readonly other: readonly string[] };

/** Texts that ask for no more messages, and those that only sound like it, by the batch in which they were written. */
export function optOutTexts(): readonly Labelled[] {
  const batches = parse(readFileSync("test/labelled/opt-out.yaml", "utf8")) as Readonly<
    Record<string, OptOut>
  >;
  return Object.entries(batches).flatMap(([batch, { stop, other }]) =>
    labelled(
      { danger: stop, harmless: other },
      { batch, isBlind: true, isHeldOut: optOutHeldOut.has(batch) },
    ),
  );
}
