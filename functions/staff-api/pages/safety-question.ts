import { html } from "hono/html";
import type { Content } from "./layout.ts";

/**
 * Asks for a plain yes or no: "no" is an answer of its own, which keeps a note that only reports a denial
 * from ringing the on-call, and an open question is neither.
 */
export function safetyQuestion(): Content {
  return html`<fieldset><legend>Are you worried about their safety?</legend><label class="radio"><input type="radio" name="safetyConcern" value="yes"> Yes: raise a safety alert</label><label class="radio"><input type="radio" name="safetyConcern" value="no"> No</label></fieldset>`;
}

/** The answer as the API takes it. */
export function readSafetyAnswer(value: string): { readonly safetyConcern?: boolean } {
  if (value === "yes") return { safetyConcern: true };
  return value === "no" ? { safetyConcern: false } : {};
}
