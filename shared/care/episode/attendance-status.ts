export const attendanceStatuses = [
  "present",
  "late",
  "left-early",
  "excused",
  "no-show",
  "on-the-way",
] as const;

export type AttendanceStatus = (typeof attendanceStatuses)[number];
