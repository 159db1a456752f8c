import { getDescription, getMe } from "../../../shared/contracts/routes/me.ts";
import { serve } from "../serve-route.ts";

/** The API's description, and who calls. */
export const meRoutes = [
  serve(getDescription, async () => {
    // Large and seldom asked for: no other call waits for it to be loaded.
    const { default: document } = await import("../openapi.json", { with: { type: "json" } });
    return document;
  }),
  serve(getMe, ({ staff: { staffId, name, functions, siteIds } }) => ({
    staffId,
    name,
    functions,
    siteIds,
  })),
];
