import type { Context } from "hono";
import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Document } from "../../../shared/web/parts/document.tsx";
import { ErrorSummary, type FieldError } from "../../../shared/web/parts/fields.tsx";
import type { Language } from "../../../shared/web/texts/language.ts";
import { styleHash } from "../style.generated.ts";
import { queueAddress, readPlace } from "./place.ts";

export const places = [
  { path: "/staff", name: "Queue" },
  { path: "/staff/schedule", name: "Schedule" },
  { path: "/staff/attendance", name: "Attendance" },
  { path: "/staff/people", name: "People" },
  { path: "/staff/colleagues", name: "Colleagues" },
  { path: "/staff/closures", name: "Closed days" },
] as const;

/** The form that finds people: what narrows a search down elsewhere on a page belongs to it. */
export const findForm = "find";

export type StaffPage = {
  readonly title: string;
  readonly who?: string | undefined;
  /** False where the menu would lead nowhere. */
  readonly hasPlaces?: boolean;
  /** The entry of the menu that the page belongs to. */
  readonly place?: (typeof places)[number]["path"];
  /** What was searched for, where the page shows what was found. */
  readonly search?: string;
  /** What went wrong, said first; each leads to where it can be mended. */
  readonly errors?: readonly FieldError[];
  /** What just happened, said first. */
  readonly notice?: Child;
  /** The list that it was opened from, beside it; without one, a link leads back where there is a way. */
  readonly list?: Child;
  readonly content: Child;
};

/** Answers with one staff page. No script: everything is a link or a form. */
export function staffPage(context: Context, page: StaffPage, status: ContentfulStatusCode = 200) {
  const errors = page.errors ?? [];
  const body = (
    <Document
      language="en"
      title={page.title}
      siteName="Throughcare"
      hasError={errors.length > 0}
      styleHref={`/staff/style.css?${styleHash}`}
      header={<Header page={page} />}
    >
      {page.list === undefined ? (
        <>
          <WayBack context={context} />
          <PageBody page={page} />
        </>
      ) : (
        <div class="workspace">
          {page.list}
          <div>
            <PageBody page={page} />
          </div>
        </div>
      )}
    </Document>
  );
  return context.html(html`<!doctype html>${body}`, status);
}

/** Leads back to the queue, at the place from which somebody came. */
function WayBack({ context }: { readonly context: Context }) {
  const back = context.req.query("back");
  if (readPlace(back) === undefined) return null;
  return (
    <p class="ways">
      <a href={queueAddress(back)}>Back to the list</a>
    </p>
  );
}

function PageBody({ page }: { readonly page: StaffPage }) {
  return (
    <>
      <ErrorSummary errors={page.errors ?? []} language="en" />
      <h1>{page.title}</h1>
      {page.notice === undefined ? null : (
        <div class="notice" role="status">
          {page.notice}
        </div>
      )}
      {page.content}
    </>
  );
}

/** A page to be put on paper: nothing around it. */
export function printedPage(
  context: Context,
  page: { readonly language: Language; readonly title: string; readonly content: Child },
) {
  const body = (
    <Document
      language={page.language}
      title={page.title}
      siteName="Throughcare"
      styleHref={`/staff/style.css?${styleHash}`}
      header={null}
    >
      {page.content}
    </Document>
  );
  return context.html(html`<!doctype html>${body}`, 200);
}

function Header({ page }: { readonly page: StaffPage }) {
  return (
    <header class="staff-bar">
      <nav class="govuk-width-container" aria-label="Main">
        <a class="brand" href="/staff">
          Throughcare
        </a>
        {page.who === undefined ? null : (
          <>
            {page.hasPlaces === false ? null : (
              <ul>
                {places.map(({ path, name }) => (
                  <li>
                    <a href={path} aria-current={path === page.place ? "page" : undefined}>
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            )}
            {page.hasPlaces === false ? null : <FindPerson search={page.search ?? ""} />}
            <form class="who" method="post" action="/staff/sign-out">
              <span>{page.who}</span>{" "}
              <button type="submit" class="link">
                Sign out
              </button>
            </form>
          </>
        )}
      </nav>
    </header>
  );
}

/** Finds a person from every page; whoever is the only one found is opened at once. */
function FindPerson({ search }: { readonly search: string }) {
  return (
    <search class="find">
      <form id={findForm} method="get" action="/staff/people">
        <label class="govuk-visually-hidden" for="search">
          Find a person by name, birth date, phone, email, record number or reference
        </label>
        <input
          class="find-text"
          type="search"
          id="search"
          name="search"
          value={search}
          maxlength={100}
          autocomplete="off"
          placeholder="A person"
        />
        <button type="submit" class="find-button">
          Find
        </button>
      </form>
    </search>
  );
}
