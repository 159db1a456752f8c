import { readFileSync } from "node:fs";
import { parse } from "yaml";

export type Labelled = {
  readonly text: string;
  readonly isDanger: boolean;
  /** Sentences that were written together. */
  readonly batch: string;
  /** True where no rule was ever written or widened for the batch. */
  readonly isBlind: boolean;
  readonly isHeldOut: boolean;
};
type Batch = { readonly danger: readonly string[]; readonly harmless: readonly string[] };
type Voice = Batch & { readonly part: "train" | "held-out" };

/** Every labelled sentence of `test/labelled`, by the batch in which it was written. */
export function labelledTexts(): readonly Labelled[] {
  const read = (name: string): unknown => parse(readFileSync(`test/labelled/${name}.yaml`, "utf8"));
  const voices = read("voices") as Readonly<Record<string, Voice>>;
  const batches = read("held-out") as Readonly<Record<string, Batch>>;
  const sentences = read("sentences") as Readonly<
    Record<string, Record<string, readonly string[]>>
  >;
  return [
    ...Object.entries(voices).flatMap(([name, voice]) =>
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
          isDanger: kind === "danger",
          batch: "sentences",
          isBlind: false,
          isHeldOut: false,
        })),
    ),
  ];
}

function labelled(
  { danger, harmless }: Batch,
  of: Omit<Labelled, "text" | "isDanger">,
): readonly Labelled[] {
  return [
    ...danger.map((text) => ({ text, isDanger: true, ...of })),
    ...harmless.map((text) => ({ text, isDanger: false, ...of })),
  ];
}
