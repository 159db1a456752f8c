import { type OutgoingTableKind, outgoingTables } from "../../../shared/contracts/routes/tables.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";

/** Takes what a page shows out to a spreadsheet; nothing for whoever may not. */
export function ExportLink({
  table,
  asked,
  staff,
  children,
}: {
  readonly table: OutgoingTableKind;
  readonly asked: Readonly<Record<string, string>>;
  readonly staff: StaffMember;
  readonly children: string;
}) {
  const { who } = outgoingTables[table];
  if (!staff.functions.some((one) => who.some((name) => name === one))) return null;
  return (
    <p class="quiet">
      <a href={`/staff/exports/${table}?${new URLSearchParams(asked)}`}>{children}</a>. The site’s
      audit trail says who took it.
    </p>
  );
}
