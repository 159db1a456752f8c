import { launchBrowser } from "./support/launch-browser.ts";
const b = await launchBrowser();
const size = process.argv[2] === "phone" ? { width: 390, height: 844 } : { width: 1280, height: 800 };
const ctx = await b.newContext({ viewport: size });
const p = await ctx.newPage();
const base = "http://127.0.0.1:8170";
await p.goto(base + "/staff"); await p.click("#sign-in"); await p.click(`button[value=${process.argv[3] ?? "taylor-riverside"}]`);
await p.waitForLoadState();
const paths = process.argv.slice(4);
let n = 0;
for (const path of paths) {
  if (path.startsWith("click:")) { await p.click(path.slice(6)); await p.waitForLoadState(); }
  else if (path !== ".") await p.goto(base + path);
  n += 1;
  await p.screenshot({ path: `/tmp/shots/${process.argv[2]}-${n}.png`, fullPage: true });
  console.log(n, p.url(), await p.title(), await p.evaluate(() => [...document.querySelectorAll("nav a, main a")].slice(0, 60).map((a) => a.getAttribute("href")).join(" ")));
}
await b.close();
