import type { Context } from "hono";
import { staffPage } from "./layout.tsx";

const troubles = {
  "other-site": {
    status: 403,
    title: "That did not come from these pages",
    words: "Nothing was saved. Open the page again, and send the form from there.",
  },
  "in-the-way": {
    status: 409,
    title: "Others were changing this at the same moment",
    words: "Nothing was changed. Go back, load the page again, then try once more.",
  },
  failed: {
    status: 503,
    title: "That did not work",
    words: "Nothing was changed. Go back and try again in a moment.",
  },
} as const;

/** A page that says that nothing was done, and what to do. */
export function troublePage(context: Context, kind: keyof typeof troubles) {
  const { status, title, words } = troubles[kind];
  return staffPage(
    context,
    {
      title,
      content: (
        <p class="card">
          {words} <a href="/staff">Go to the queue</a>
        </p>
      ),
    },
    status,
  );
}
