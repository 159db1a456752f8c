import { Hono } from "hono/tiny";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { fileLimits } from "../../../shared/contracts/file-limits.ts";
import { schedulers } from "../../../shared/contracts/routes/sessions.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { refusalStatus } from "../../../shared/web/http/refusal-status.ts";
import { attendanceFile } from "../../../workflows/run/imports/attendance-file.ts";
import {
  type ImportedLine,
  type ImportKind,
  type ImportOutcome,
  importTable,
} from "../../../workflows/run/imports/import-table.ts";
import { rosterFile } from "../../../workflows/run/imports/roster-file.ts";
import { visitsFile } from "../../../workflows/run/imports/visits-file.ts";
import type { RefusedForm } from "../forms/send-form.ts";
import { fieldId } from "../forms/sent-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { Table } from "../ui/parts.tsx";
import { inWords } from "../ui/times.ts";
import { formsOf, notHere, zoneOf } from "./page-parts.tsx";

type PageKind = {
  readonly title: string;
  readonly kind: ImportKind;
  readonly place: "/staff/attendance" | "/staff/schedule";
  readonly how: string;
  readonly may: (context: PageContext) => boolean;
};

const kinds: Readonly<Record<string, PageKind>> = {
  attendance: {
    title: "Enter attendance from a file",
    kind: attendanceFile,
    place: "/staff/attendance",
    how: "Take the file of a day or week from the page Attendance, fill in who came, and send it here; or send another system’s file with the same headings.",
    may: () => true,
  },
  roster: {
    title: "Put people in groups from a file",
    kind: rosterFile,
    place: "/staff/schedule",
    how: "Take the list of people from the page People, write the day from which somebody comes to other groups in a column “First day” and these groups under “Groups”, and send it here. Lines without a day say nothing.",
    may: (context) => context.get("staff").functions.some((one) => schedulers.includes(one)),
  },
  visits: {
    title: "Book visits from a file",
    kind: visitsFile,
    place: "/staff/schedule",
    how: "One line for each visit of one person with one member of staff.",
    may: (context) => context.get("staff").functions.some((one) => schedulers.includes(one)),
  },
};

/** Takes a file in: shows line by line what it would change, and enters it when somebody has looked. */
export function importsPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/imports/:table" as const;

  app.get(path, async (context) => {
    const page = pageOf(context);
    if (page === undefined) return notHere(context);
    // A file whose session had ended is looked at again: that writes nothing.
    const kept = context.get("kept")?.get("csv");
    return kept === undefined ? show(context, page) : look(context, page, kept);
  });

  app.post(path, (context) => {
    const page = pageOf(context);
    if (page === undefined) return notHere(context);
    const form = context.get("form");
    const csv = form.get("csv");
    if (csv === undefined || csv === "")
      return show(context, page, { errors: ["Choose a file first."], status: 400 });
    return look(context, page, csv, form);
  });

  function pageOf(context: PageContext): PageKind | undefined {
    const page = ownValue(kinds, context.req.param("table") ?? "");
    return page?.may(context) === true ? page : undefined;
  }

  async function look(context: PageContext, page: PageKind, csv: string, form?: Form) {
    const by = { staff: context.get("staff"), actor: context.get("actor") };
    const seen = form?.get("form") === "apply" ? form.get("seen") : undefined;
    const outcome = await importTable(deps, by, page.kind, { csv, seen });
    if (!isRefusal(outcome)) return show(context, page, { outcome, csv });
    const again =
      outcome.refused === "stale-version"
        ? await importTable(deps, by, page.kind, { csv })
        : undefined;
    return show(context, page, {
      errors: [outcome.sentence],
      status: refusalStatus[outcome.refused],
      csv,
      ...(again === undefined || isRefusal(again) ? {} : { outcome: again }),
    });
  }

  async function show(
    context: PageContext,
    page: PageKind,
    given: {
      readonly outcome?: ImportOutcome;
      readonly csv?: string;
      readonly errors?: readonly string[];
      readonly status?: RefusedForm["status"];
    } = {},
  ) {
    const { outcome, csv = "", errors = [], status } = given;
    const zone = await zoneOf(deps, context);
    const forms = formsOf(deps, context, undefined);
    const state = forms("look");
    const toDo = outcome?.lines.filter((line) => line.state === "to-do").length ?? 0;
    return staffPage(
      context,
      {
        title: page.title,
        who: context.get("staff").name,
        place: page.place,
        errors: errors.map((text) => ({
          field: fieldId("look", "csv"),
          text: inWords(text, zone),
        })),
        ...(outcome === undefined || errors.length > 0 ? {} : { notice: noticeOf(outcome) }),
        content: (
          <>
            {outcome === undefined ? null : <Differences lines={outcome.lines} zone={zone} />}
            {outcome === undefined || outcome.isApplied || toDo === 0 ? null : (
              <StaffForm state={forms("apply")} takesFile={true}>
                <input type="hidden" name="csv" value={csv} />
                <input type="hidden" name="seen" value={outcome.seen} />
                <p>
                  Nothing is written yet. Where something here has changed until you press the
                  button, nothing of the file is entered and you see the differences again.
                </p>
                <div class="buttons">
                  <button type="submit">
                    Enter {toDo} {toDo === 1 ? "line" : "lines"}
                  </button>
                </div>
              </StaffForm>
            )}
            <h2>{outcome === undefined ? "Choose the file" : "Another file"}</h2>
            <StaffForm state={state} takesFile={true}>
              <p>{page.how}</p>
              <label class="govuk-label govuk-label--s" for={fieldId("look", "csv")}>
                File, saved by the spreadsheet as “CSV UTF-8”
              </label>
              <input
                type="file"
                id={fieldId("look", "csv")}
                name="csv"
                accept=".csv,text/csv"
                aria-describedby="headings"
              />
              <div class="buttons">
                <button type="submit">Show what it would change</button>
              </div>
              <p class="quiet" id="headings">
                Headings on the first line: {page.kind.headings.known.join("; ")}. It needs{" "}
                {page.kind.headings.needed.join("; ")}. At most {fileLimits.lines} lines.
              </p>
            </StaffForm>
          </>
        ),
      },
      status ?? 200,
    );
  }
  return app;
}

function noticeOf({ lines, isApplied }: ImportOutcome) {
  const count = (state: ImportedLine["state"]) =>
    lines.filter((line) => line.state === state).length;
  const parts = [
    isApplied ? `${count("done")} entered` : `${count("to-do")} to enter`,
    `${count("same")} stand there already`,
    `${count("refused")} left out`,
    `${count("blank")} without an entry`,
  ].filter((part) => !part.startsWith("0 ") || part.endsWith("entered"));
  return (
    <p>
      {isApplied ? "The file is entered. " : "Nothing is written yet. "}Lines: {parts.join(", ")}.
    </p>
  );
}

const stateLabels: Readonly<Record<ImportedLine["state"], string>> = {
  "to-do": "Will be entered",
  done: "Entered",
  same: "Stands there already",
  blank: "Says nothing",
  refused: "Left out",
};

function Differences({
  lines,
  zone,
}: {
  readonly lines: readonly ImportedLine[];
  readonly zone: string;
}) {
  return (
    <Table label="What the file changes" head={["Line", "Who", "What", "How it stands"]}>
      {lines.map(({ line, person, what, state, sentence }) => (
        <tr>
          <td>{line}</td>
          <th scope="row">{person}</th>
          <td>
            {inWords(what, zone)}
            {sentence === undefined ? null : <div>{inWords(sentence, zone)}</div>}
          </td>
          <td>
            <span class={state === "refused" ? "tag late" : state === "done" ? "tag good" : "tag"}>
              {stateLabels[state]}
            </span>
          </td>
        </tr>
      ))}
    </Table>
  );
}
