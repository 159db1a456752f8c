import * as z from "zod";
import { serviceStates } from "../program/service-kinds.ts";
import { date, type Stored } from "../stored/fields.ts";

const howFar = z.object({
  state: z.enum(serviceStates),
  /** The last local day on which it took place. */
  doneOn: z.exactOptional(date),
});

/** How far somebody is with a service, as decisions look at it. */
export const serviceStanding = howFar.extend({
  /** As staff recorded it, where the person came to sessions of it too: what stands when they did not come after all. */
  said: z.exactOptional(howFar),
  /** The newest sessions of it to which the person came. */
  came: z.exactOptional(z.array(z.object({ sessionId: z.string(), on: date }))),
});
export type ServiceStanding = Stored<typeof serviceStanding>;
