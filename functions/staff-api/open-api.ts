import { Hono } from "hono";
import document from "./openapi.json" with { type: "json" };

/** The API's description, written from the same schemas that check the calls. */
export function openApiRoute() {
  const app = new Hono();
  app.get("/openapi.json", (context) => context.json(document));
  return app;
}
