import { loadSite } from "../../../shared/store/list-sites.ts";
import type { RefusedForm } from "../forms/send-form.ts";
import { type Forms, pageForms, type SentForm } from "../forms/sent-form.ts";
import { formSeals } from "../session/kept-forms.ts";
import type { PageContext } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { type StaffPage, staffPage } from "../ui/layout.tsx";
import { readPlace } from "../ui/place.ts";
import { ListBeside } from "./list-beside.tsx";
import { loadWorkList } from "./work-list.ts";

/** The time zone a member of staff reads times in: that of their first site. */
export async function zoneOf(deps: StaffSiteDeps, context: PageContext): Promise<string> {
  const [siteId] = context.get("staff").siteIds;
  return siteId === undefined ? "UTC" : (await loadSite(deps, siteId)).timeZone;
}

/** The form that stands filled on a page: the one that was refused, or the one that waited for its sender. */
export function sentFormOf(
  context: PageContext,
  refused: RefusedForm | undefined,
): SentForm | undefined {
  if (refused !== undefined) return refused;
  const fields = context.get("kept");
  if (fields === undefined) return undefined;
  return { name: fields.get("form") ?? "", fields, errors: [], isKept: true };
}

/** The states of the forms of the page that is shown. */
export function formsOf(
  deps: StaffSiteDeps,
  context: PageContext,
  sent: SentForm | undefined,
): Forms {
  const seal = formSeals(deps).make(context.get("staff").staffId, context.req.path);
  return pageForms({ key: deps.ids.next(), seal }, sent);
}

/** Answers with a page of forms: with what is wrong where one was refused, and with a word where one came back. */
export function formPage(
  context: PageContext,
  sent: SentForm | undefined,
  refused: RefusedForm | undefined,
  page: Omit<StaffPage, "who" | "errors">,
) {
  return staffPage(
    context,
    {
      ...page,
      who: context.get("staff").name,
      errors: sent?.errors ?? [],
      notice:
        sent?.isKept === true ? (
          <p>
            <strong>What you typed is here again, and not saved yet.</strong>{" "}
            <a href={`#${sent.name}`}>Look at it and send it.</a>
          </p>
        ) : (
          page.notice
        ),
    },
    refused?.status ?? 200,
  );
}

/** The list that the page was opened from, where its address says so. */
export async function listBeside(deps: StaffSiteDeps, context: PageContext, zone: string) {
  const place = readPlace(context.req.query("back"));
  if (place === undefined) return undefined;
  const asked = { ...place, page: String(place.page) };
  const list = await loadWorkList(deps, context.get("staff"), asked);
  return <ListBeside list={list} shown={context.req.path} zone={zone} />;
}

/** What is shown for an address that holds nothing, or what another site has. */
export function notHere(context: PageContext) {
  return staffPage(
    context,
    {
      title: "Not here",
      who: context.get("staff").name,
      content: (
        <p class="card">
          There is nothing at this address, or it belongs to another site.{" "}
          <a href="/staff">Go to the queue</a>
        </p>
      ),
    },
    404,
  );
}
