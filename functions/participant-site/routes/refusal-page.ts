import type { Context } from "hono";
import type { Refusal } from "../../../shared/care/change/change.ts";
import { notePage } from "../http/view.tsx";
import { commonTexts } from "../texts/common.ts";
import { linkTexts } from "../texts/link.ts";
import { questionTexts } from "../texts/questions.ts";
import type { PageSet } from "./question-pages.tsx";

/** The page for what the care rules refused, in the reader's own language. */
export function refusalPage(
  context: Context,
  { language, site }: Pick<PageSet, "language" | "site">,
  refusal: Refusal,
): Response | Promise<Response> {
  const more = { language, brand: site.senderName, phone: site.phone };
  switch (refusal.refused) {
    case "invalid":
      return notePage(context, { ...more, ...questionTexts[language].notOffered }, 400);
    case "not-found":
    case "not-allowed":
      return notePage(context, { ...more, ...linkTexts[language].unknown }, 404);
    case "not-now":
      return notePage(context, { ...more, ...linkTexts[language].ended }, 410);
    case "already-decided":
    case "stale-version":
    case "locked-by-safety":
      return notePage(context, { ...more, ...commonTexts[language].trouble }, 409);
  }
}
