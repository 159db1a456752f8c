import { html } from "../pages/html.ts";
import { layout } from "../pages/layout.ts";
import type { StaffAccount } from "./staff-account.ts";

const ROLE_NAMES = {
  "case-manager": "Case manager",
  clinician: "Clinician",
  "clinical-lead": "Clinical lead",
  "privacy-officer": "Privacy officer",
  operator: "Operator",
} as const;

/** The page on which one chooses whom to be. `action` is where the choice is sent. */
export function signInPage(accounts: readonly StaffAccount[], action: string): string {
  return layout({
    title: "Sign in as",
    content: html`<p>These people are made up. Choose one: there is no password on this machine.</p>
<form method="post" action="${action}"><ul class="plain">${accounts.map(
      (
        account,
      ) => html`<li class="card row"><button name="staffId" value="${account.staffId}" type="submit">${account.name}</button>
<span>${ROLE_NAMES[account.role]}${account.siteIds.length > 0 && html` <span class="quiet">at ${account.siteIds.join(", ")}</span>`}</span></li>`,
    )}</ul></form>`,
  });
}

/**
 * Asks before this machine's issuer ends its session, as issuers do where the request could be anybody's.
 * @param form - the library's own, with its protection against other sites' forms
 */
export function signOutPage(form: string): string {
  return layout({
    title: "Sign out of this machine's sign-in",
    content: html`<p>Whoever opens the staff pages next then chooses anew whom to be.</p>
${{ html: form }}<p><button form="op.logoutForm" name="logout" value="yes" type="submit">Sign out</button></p>`,
  });
}

/** What is shown where a sign-in cannot go on. */
export function signInProblemPage(sentence: string): string {
  return layout({ title: "This sign-in cannot go on", content: html`<p>${sentence}</p>` });
}
