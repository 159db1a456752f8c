import { Hono } from "hono/tiny";

/** The API's description, written from the same schemas that check the calls. */
export function openApiRoute() {
  const app = new Hono();
  // Large and seldom asked for: no other call waits for it to be loaded.
  app.get("/openapi.json", async (context) => {
    const { default: document } = await import("./openapi.json", { with: { type: "json" } });
    return context.json(document);
  });
  return app;
}
