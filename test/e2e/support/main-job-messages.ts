import type { ExpectedMessage } from "./expected-messages.ts";

const morning = "09:00-13:00";
const forms = "09:00-15:00";
const allDay = "09:00-19:00";

/** Everything that is sent to one of the two, in the wall time of where they are. */
export const expectedForAmina: readonly ExpectedMessage[] = [
  ["2027-01-11", "intake-received", "email", allDay],
  ["2027-01-11", "ask-forms", "sms", forms],
  // The day's two messages are sent: what tells when to come goes all the same, the first week's text waits.
  ["2027-01-11", "welcome", "sms", allDay],
  // The family visit of the same evening, and tomorrow's group.
  ["2027-01-11", "session-reminder", "sms", "12:00-17:00"],
  ["2027-01-11", "session-reminder", "sms", "12:00-17:00"],
  ["2027-01-12", "weekly-text", "sms", "09:00-09:15"],
  // Every visit of the first week is reminded of the afternoon before.
  ["2027-01-13", "session-reminder", "sms", "13:00-13:15"],
  ["2027-01-14", "session-reminder", "sms", "13:00-13:15"],
  ["2027-01-17", "weekly-text", "sms", "12:00-12:15"],
  ["2027-01-24", "weekly-text", "sms", "12:00-12:15"],
  ["2027-01-25", "measures", "sms", forms],
  ["2027-01-31", "weekly-text", "sms", "12:00-12:15"],
  ["2027-02-07", "weekly-text", "sms", "12:00-12:15"],
  ["2027-02-08", "measures", "sms", forms],
  // The no-show of Thursday of week five: a neutral text a quarter of an hour after it was entered.
  ["2027-02-11", "missed-session", "sms", "09:25-09:26"],
  ["2027-02-14", "weekly-text", "sms", "12:00-12:15"],
  // Whoever missed a session is reminded of those of the next fourteen days.
  ["2027-02-14", "session-reminder", "sms", "13:00-13:15"],
  ["2027-02-15", "session-reminder", "sms", "13:00-13:15"],
  ["2027-02-17", "session-reminder", "sms", "13:00-13:15"],
  ["2027-02-18", "session-reminder", "sms", "13:00-13:15"],
  ["2027-02-22", "discharged", "sms", allDay],
  ["2027-03-01", "check-in", "sms", morning],
  ["2027-03-08", "check-in", "sms", morning],
  // Day 30 is not answered: the reminder tries the other channel, then the first one again.
  ["2027-03-24", "check-in", "sms", morning],
  ["2027-03-25", "check-in-reminder", "email", morning],
  ["2027-03-26", "check-in-reminder", "sms", morning],
  ["2027-04-23", "check-in", "sms", morning],
  // Day 90 is a Sunday.
  ["2027-05-24", "check-in", "sms", morning],
  ["2027-08-23", "check-in", "sms", morning],
  ["2028-02-22", "check-in", "sms", morning],
  ["2028-02-23", "aftercare-closed", "sms", allDay],
];

/** Everything that is sent to one of the two, in the wall time of where they are. */
export const expectedForBruno: readonly ExpectedMessage[] = [
  ["2027-01-11", "intake-received", "email", allDay],
  ["2027-01-11", "ask-forms", "email", forms],
  ["2027-01-12", "remind-forms", "email", forms],
  ["2027-01-15", "welcome", "email", "14:00-14:15"],
  ["2027-01-17", "session-reminder", "email", "13:00-13:15"],
  ["2027-01-17", "weekly-text", "email", "12:00-12:15"],
  ["2027-01-18", "session-reminder", "email", "13:00-13:15"],
  ["2027-01-20", "session-reminder", "email", "13:00-13:15"],
  ["2027-01-21", "session-reminder", "email", "13:00-13:15"],
  ["2027-01-24", "weekly-text", "email", "12:00-12:15"],
  ["2027-01-31", "weekly-text", "email", "12:00-12:15"],
  ["2027-02-01", "measures", "email", forms],
  ["2027-02-07", "weekly-text", "email", "12:00-12:15"],
  ["2027-02-14", "weekly-text", "email", "12:00-12:15"],
  ["2027-02-15", "measures", "email", forms],
  ["2027-02-21", "weekly-text", "email", "12:00-12:15"],
  ["2027-03-01", "discharged", "email", allDay],
  ["2027-03-08", "check-in", "email", morning],
  ["2027-03-15", "check-in", "email", morning],
  ["2027-03-31", "check-in", "email", morning],
  ["2027-04-30", "check-in", "email", morning],
  ["2027-05-31", "check-in", "email", morning],
  ["2027-08-30", "check-in", "email", morning],
  ["2028-02-29", "check-in", "email", morning],
  ["2028-03-01", "aftercare-closed", "email", allDay],
];
