import * as z from "zod";
import { count, date, type Stored } from "../stored/fields.ts";
import { serviceKinds } from "./service-kinds.ts";
import { staffFunctions } from "./staff-functions.ts";

/** How far a service is to be by its day: spoken of, or held. */
export const dueStates = ["offered", "done"] as const;

const dueSchema = z.object({
  service: z.enum(serviceKinds),
  state: z.enum(dueStates),
  /** Days after the admission, or after the last one that took place where it is due again and again. */
  withinDays: count,
  repeats: z.exactOptional(z.boolean()),
  assignTo: z.enum(staffFunctions),
});
/** A service that is to be spoken of, or to be held, by a day: a task where it was not. */
export type DueService = Stored<typeof dueSchema>;

const offeringSchema = z.object({ name: z.string(), needsClearance: z.boolean() });
/** A holistic offering by its name. */
export type HolisticOffering = Stored<typeof offeringSchema>;

const byLanguage = z.record(z.string(), z.string());
/** The topics of a group of skills or psychoeducation, one for each week. */
const seriesSchema = z.object({
  series: z.string(),
  /** The group of the timetable in which it is held. */
  slot: z.string(),
  /** The Monday of the week of its first topic; after the last one it begins anew. */
  startsOn: date,
  topics: z.array(byLanguage),
});

/** The services of a program as far as the program itself plans them. */
export const programServicesSchema = z.object({
  due: z.array(dueSchema),
  holistic: z.exactOptional(z.array(offeringSchema)),
  topicSeries: z.exactOptional(z.array(seriesSchema)),
});
export type ProgramServices = Stored<typeof programServicesSchema>;

/** What programs offer that were published before they could name their own. */
const formerOfferings: readonly HolisticOffering[] = [
  "mindfulness",
  "yoga",
  "nutrition",
  "expressive arts",
].map((name) => ({ name, needsClearance: true }));

/** The holistic offerings of a program, in its own order. */
export function holisticOfferings(
  services: ProgramServices | undefined,
): readonly HolisticOffering[] {
  return services?.holistic ?? formerOfferings;
}
