// read as: functions/staff-api/routes/undocumented.ts
import { Hono } from "hono/tiny";

export const app = new Hono();
// expect: no-route-without-schemas
app.get("/people/:personId/secret", (context) => context.json({}));
// expect: no-route-without-schemas
app.on("POST", `/people/${1}`, (context) => context.json({}));
