import * as z from "zod";

/** What is remembered of a call that made a code for a clinic's tablet: the code follows from the link's id, and is kept nowhere. */
export const rememberedTabletCodeSchema = z.looseObject({ linkId: z.string() });
