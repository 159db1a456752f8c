import * as z from "zod";
import type { Episode } from "../care/episode/episode.ts";
import { count, instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

const screenSchema = z.object({
  screenId: z.string(),
  version: count,
  /** By question, or by item of the instrument that a question asks. */
  answers: z.record(z.string(), z.number()),
  /** Questions that the person would not answer. */
  refused: z.array(z.string()),
  mode: z.string(),
  at: instant,
  /** Id of the member of staff who asked. */
  by: z.string(),
});
export type RecordedScreen = Stored<typeof screenSchema>;
export const screenForm = storedForm("identity", "screen", screenSchema);

/** The staff screens as they were asked last, with their answers. */
export async function readScreens(
  store: Store,
  { episodeId, screens }: Pick<Episode, "episodeId" | "screens">,
): Promise<readonly RecordedScreen[]> {
  const found = await Promise.all(
    Object.entries(screens ?? {}).map(async ([screenId, { version }]) => {
      const key = keys.screen(episodeId, screenId, version);
      const item = await store.get("identity", key.pk, key.sk);
      return item === undefined ? [] : [readStored(screenForm, item)];
    }),
  );
  return found.flat();
}
