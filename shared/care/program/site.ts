import * as z from "zod";
import { count, date, instant, type Stored, wallTime } from "../stored/fields.ts";
import { absenceSchema, groupChangeSchema } from "./group-change.ts";

const rotaPerson = z.object({ staffId: z.string(), name: z.string(), phone: z.string() });
export type RotaPerson = Stored<typeof rotaPerson>;

/** Who is on call at a time, in the order in which they are rung where nothing else is said. */
export const rotaRoles = ["primary", "backup", "supervisor"] as const;
export type RotaRole = (typeof rotaRoles)[number];

const onCall = { primary: rotaPerson, backup: rotaPerson, supervisor: rotaPerson };

/** A site's live data: hours, closures, rota, sender numbers. */
export const siteSchema = z.object({
  siteId: z.string(),
  version: count,
  /** For staff and pages. */
  name: z.string(),
  /** Neutral sender name; reveals nothing about the care given. */
  senderName: z.string(),
  phone: z.string(),
  /** Where people come to, as short as a text has room for; without it, "our office". */
  address: z.exactOptional(z.string()),
  timeZone: z.string(),
  /** Postal code of the state that it is in. */
  state: z.exactOptional(z.string()),
  /** In which states its staff are licensed to treat somebody online; of whom nothing is said, see `licensedIn`. */
  licences: z.exactOptional(
    z.array(z.object({ staffId: z.string(), states: z.array(z.string()) })),
  ),
  programs: z.array(z.string()),
  senders: z.object({
    sms: z.string(),
    email: z.string(),
    replyTo: z.string(),
    staffPages: z.string(),
  }),
  /** Staffed hours, by ISO day of week. */
  staffedHours: z.array(
    z.object({ dayOfWeek: z.int().min(1).max(7), from: wallTime, to: wallTime }),
  ),
  closures: z.array(
    z.object({
      on: date,
      words: z.string(),
      /** Closed in these hours only; without them, the whole day. */
      hours: z.exactOptional(z.object({ from: wallTime, to: wallTime })),
      /** The site is shut and works: its sessions are held here. */
      onlineAddress: z.exactOptional(z.string()),
    }),
  ),
  /** Leaders who are away, and who leads for them. */
  absences: z.exactOptional(z.array(absenceSchema)),
  /** What was changed in its timetable: cancelled, moved, put online, given another leader. */
  groupChanges: z.exactOptional(z.array(groupChangeSchema)),
  /** Who is on call when: from and to are instants. */
  rota: z.array(z.object({ from: instant, to: instant, ...onCall })),
  /** Standing on-call names, used where no rota entry covers the instant. */
  onCall: z.exactOptional(z.object(onCall)),
});
export type Site = Stored<typeof siteSchema>;
