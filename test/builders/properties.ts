// biome-ignore lint/style/noRestrictedImports: the one place that sets the seed.
import fc from "fast-check";

/** The full volume, by hand, looks for what is new; the usual one tells whether something that was right has broken. */
export const isFullVolume = process.env.THROUGHCARE_TEST_VOLUME === "full";

/** `THROUGHCARE_TEST_SEED=…` tries another part of what may happen, or what failed with that seed again. */
export const seed = Number(process.env.THROUGHCARE_TEST_SEED ?? 20_270_111);
fc.configureGlobal(isFullVolume ? {} : { seed });

/** The one way in which tests draw what may happen: repeatable, so that a run that fails fails again. */
export { fc };
