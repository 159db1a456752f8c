import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { sealedCookie } from "../../../shared/web/http/sealed-cookie.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

/** A site whose cookies are set and read by name. */
async function cookieSite() {
  const world = await SiteWorld.start();
  const app = new Hono();
  const named = (name: string) => sealedCookie(world.deps, name, 3600);
  app.get("/set/:name", (context) => {
    named(context.req.param("name")).write(context, "what it holds");
    return context.text("");
  });
  app.get("/read/:name", (context) =>
    context.text(named(context.req.param("name")).read(context)?.value ?? "nothing"),
  );
  const set = async (name: string) =>
    (await app.request(`/set/${name}`)).headers
      .getSetCookie()[0]
      ?.split(";")[0]
      ?.split("=")
      .slice(1)
      .join("=") ?? "";
  const read = async (name: string, value: string) =>
    (await app.request(`/read/${name}`, { headers: { cookie: `${name}=${value}` } })).text();
  return { world, set, read };
}

describe("a sealed cookie", () => {
  it("is read under its own name alone, whoever moves it to another", async () => {
    const { set, read } = await cookieSite();
    for (const name of ["start", "sent", "link-0123456789ab"]) {
      const value = await set(name);
      expect(await read(name, value)).toBe("what it holds");
      for (const other of ["start", "sent", "link-0123456789ab", "link-ba9876543210"])
        if (other !== name) expect(await read(other, value), `${name} as ${other}`).toBe("nothing");
    }
  });

  it("is over after its time, although the browser kept it", async () => {
    const { world, set, read } = await cookieSite();
    const value = await set("start");
    world.advanceHours(0.99);
    expect(await read("start", value)).toBe("what it holds");
    world.advanceHours(0.02);
    expect(await read("start", value)).toBe("nothing");
  });

  it("holds nothing that a reader of it could see, and nothing that was written by hand", async () => {
    const { set, read } = await cookieSite();
    expect(await set("start")).not.toContain("holds");
    for (const value of ["", "start:4000000000000:mine", "x.y"])
      expect(await read("start", value)).toBe("nothing");
  });
});
