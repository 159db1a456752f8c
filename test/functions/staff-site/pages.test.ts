// Long because one set of people and tasks stands for every page and every form of the staff.

import { beforeEach, describe, expect, it } from "vitest";
import { buildRun, buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { origin, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const approval = buildTask({
  sk: "TASK#admission-approval#intake",
  taskKind: "admission-approval",
  isApproval: true,
  words: "PHQ-9 is 10 or more.",
  proposal: "suitable",
  driverId: `intake-${episodeId}`,
  evidence: { "phq-9": "16, moderately severe", rules: "depression-score-positive" },
});
const call = buildTask({ sk: "TASK#first-contact-call#intake" });
const run = buildRun("intake", episodeId, { step: "review-admission" });
const as = "casey-riverside";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "assessed" }),
    items: [approval, call, run],
    given: "<script>alert(1)</script>",
    family: 'O\'Neil & "Sons"',
  });
});

/** The hidden fields of the first form that has this button. */
function hiddenFields(html: string, button: string): Record<string, string> {
  const form = [...html.matchAll(/<form method="post"[\s\S]*?<\/form>/g)]
    .map((match) => match[0])
    .find((one) => one.includes(button));
  const fields = [...(form ?? "").matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = "", value = ""]) => [name, value]));
}

const text = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ");

describe("staff pages", () => {
  it("ask who is not signed in to sign in, on every address", async () => {
    for (const path of ["/staff", "/staff/people", `/staff/tasks/${call.taskId}`]) {
      const page = await world.page(undefined, path);
      expect(page.status).toBe(401);
      expect(page.html).toContain('href="/staff/sign-in');
      expect(page.html).not.toContain(call.words);
    }
    expect((await world.page("forged", "/staff")).status).toBe(401);
  });

  it("sign in by code with PKCE and a state, and refuse an answer that nobody asked for", async () => {
    const start = await world.page(undefined, "/staff/sign-in");
    const url = new URL(start.location ?? "");
    expect(url.searchParams.get("code_challenge_method")).toBe("S256");
    expect(url.searchParams.get("state")).toMatch(/^[\w-]{20,}$/);
    const forged = await world.page(undefined, "/staff/signed-in?code=abc&state=made-up");
    expect(forged.location).toBe("/staff?problem=sign-in");
  });

  it("escape whatever a person is called and whatever is searched for", async () => {
    const pages = [
      "/staff?tab=approvals",
      `/staff/tasks/${approval.taskId}`,
      `/staff/episodes/${episodeId}`,
      "/staff/people",
      "/staff/people?search=nobody%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    ];
    for (const path of pages) {
      const { html, status } = await world.page(as, path);
      expect([path, status]).toEqual([path, 200]);
      expect(html).not.toContain("<script");
    }
  });

  it("take no form from another origin, and none without one", async () => {
    const page = await world.page(as, `/staff/tasks/${approval.taskId}`);
    const fields = {
      ...hiddenFields(page.html, "Admit"),
      decide: "approved/admit",
      reason: "Suits well",
    };
    for (const from of ["https://evil.example.org", "null", ""]) {
      const answer = await world.page(as, `/staff/tasks/${approval.taskId}`, fields, {
        origin: from,
      });
      expect([from, answer.status]).toEqual([from, 403]);
    }
    expect((await world.item(episodeId, approval.sk))?.version).toBe(1);
    expect(world.errors).toEqual([]);
  });

  it("answer what is no form of theirs with a page that says what is missing, and write nothing", async () => {
    const forms: readonly (readonly [number, Record<string, string>, Record<string, string>])[] = [
      [413, { reason: "x".repeat(33 * 1024) }, {}],
      [400, { surprise: "1" }, {}],
      [400, { decide: "maybe/admit", version: "x", key: "key-00000001" }, {}],
      [400, { a: "b" }, { "content-type": "multipart/form-data; boundary=none" }],
      [400, { a: "b" }, { "content-type": "application/json" }],
    ];
    const paths = [approval, call].map(({ taskId }) => `/staff/tasks/${taskId}`);
    for (const path of [...paths, `/staff/episodes/${episodeId}`]) {
      for (const [status, fields, headers] of forms) {
        const page = await world.page(as, path, fields, headers);
        expect([path, fields, page.status]).toEqual([path, fields, status]);
        expect(page.html).toMatch(/There is a problem|larger than any form/);
      }
    }
    expect((await world.item(episodeId, approval.sk))?.version).toBe(1);
    expect((await world.item(episodeId, call.sk))?.version).toBe(1);
    expect(world.errors).toEqual([]);
  });

  it("show of another site nothing", async () => {
    for (const path of [
      `/staff/tasks/${call.taskId}`,
      `/staff/episodes/${episodeId}`,
      "/staff/alerts/01JHTEST0000000000000000X1",
      "/staff/attendance/riverside:adult-iop:2027-01-12:tue-group",
    ])
      expect([path, (await world.page("casey-mesa", path)).status]).toEqual([path, 404]);
    expect((await world.page("casey-mesa", "/staff/people")).html).toContain(
      "There is nobody yet.",
    );
  });
});

describe("an approval on its page", () => {
  const path = `/staff/tasks/${approval.taskId}`;

  it("shows the proposal, the evidence in words and what each decision would send, word for word", async () => {
    const shown = text((await world.page(as, path)).html);
    expect(shown).toContain("Admit: the program suits.");
    expect(shown).toContain("16, moderately severe");
    expect(shown).not.toContain("depression-score-positive");
    expect(shown).toMatch(/Text, \w+, Jan 1\d, 2027/);
    expect(shown).toMatch(/Riverside Office: first visit \w+, January \d+, .*, 40 River Street\./);
    expect(shown).toContain("Riverside Office: you are on our list.");
  });

  it("of an admission says what the person agreed to, and where the follow-up is asked about now", async () => {
    const shown = (await world.page(as, path)).html;
    expect(text(shown)).toMatch(/Follow-up after the program\s*not asked yet/);
    const [, about = ""] = /href="(\/staff\/episodes\/[^"]+\/about)#consent"/.exec(shown) ?? [];
    expect((await world.page(as, about)).html).toMatch(/id="consent"/);
    const answer = { given: ["aftercare"], how: "phone" };
    expect(await world.call(as, "POST", `/episodes/${episodeId}/consents`, answer)).toMatchObject({
      status: 200,
    });
    const after = (await world.page(as, path)).html;
    expect(text(after)).toMatch(/Follow-up after the program\s*agreed, /);
    expect(after).not.toContain("#consent");
  });

  it("is decided by its button, says so with the time it takes effect, and is taken back by Undo", async () => {
    const fields = hiddenFields((await world.page(as, path)).html, "Admit");
    const decided = await world.page(as, path, {
      ...fields,
      decide: "approved/admit",
      reason: "Suits well",
    });
    expect(decided).toMatchObject({ status: 303, location: path });
    const again = await world.page(as, path, {
      ...fields,
      decide: "approved/admit",
      reason: "Suits well",
    });
    expect(again.status).toBe(303);
    const after = await world.page(as, path);
    expect(text(after.html)).toMatch(/Admit\s*, by Casey Morgan/);
    expect(after.html).toContain("It takes effect at 11:00:30 AM");
    expect(after.html).toContain("<blockquote>Suits well</blockquote>");
    // Words of a person stay out of the state of care: they are erased by key.
    expect(JSON.stringify(await world.item(episodeId, approval.sk))).not.toContain("Suits well");
    const undone = await world.page(as, path, {
      ...hiddenFields(after.html, "Undo"),
    });
    expect(undone.status).toBe(303);
    expect((await world.page(as, path)).html).toContain('value="approved/admit"');
  });

  it("keeps what was typed when it is refused, and says why", async () => {
    const fields = hiddenFields((await world.page(as, path)).html, "Admit");
    await world.call("taylor-riverside", "POST", `/tasks/${approval.taskId}/decision`, {
      decision: "rejected",
      reason: "No",
      version: 1,
    });
    const late = await world.page(as, path, {
      ...fields,
      decide: "approved/admit",
      reason: "Suits well",
    });
    expect(late.status).toBe(409);
    expect(text(late.html)).toContain("Taylor Brooks (fictional) was first");
    expect(late.html).toContain("Suits well</textarea>");
    expect(late.html).toContain("<title>Error: ");
  });
});

describe("a call on its page", () => {
  it("offers the outcomes in words, the number to ring, and records one", async () => {
    const path = `/staff/tasks/${call.taskId}`;
    const page = await world.page(as, path);
    expect(page.html).toContain('href="tel:+15550100142"');
    expect(text(page.html)).toContain("Spoke with the person");
    const saved = await world.page(as, path, {
      ...hiddenFields(page.html, "Save"),
      outcome: "reached",
      reason: "Sends the forms tonight",
    });
    expect(saved).toMatchObject({ status: 303, location: "/staff?tab=work" });
    expect(text((await world.page(as, path)).html)).toContain("Done:");
    const story = await world.page(as, `/staff/episodes/${episodeId}`);
    expect(text(story.html)).toContain("First call: Spoke with the person");
  });

  it("asks about safety with yes and no: words of a denial ring nobody where the answer is no", async () => {
    const path = `/staff/tasks/${call.taskId}`;
    const page = await world.page(as, path);
    expect(text(page.html)).toContain("Are you worried about their safety?");
    const save = (safetyConcern: Record<string, string>) =>
      world.page(as, path, {
        ...hiddenFields(page.html, "Save"),
        outcome: "reached",
        reason: "Says she does not want to die.",
        ...safetyConcern,
      });
    expect((await save({ safetyConcern: "no" })).status).toBe(303);
    const root = await world.item(episodeId, "EPISODE");
    expect(root?.openEscalations).toEqual([]);
    expect(text((await world.page(as, "/staff?tab=safety")).html)).toContain("clinician");
  });

  it("refuses a form without an outcome with a sentence and leaves the task open", async () => {
    const path = `/staff/tasks/${call.taskId}`;
    const page = await world.page(as, path);
    const refused = await world.page(as, path, {
      ...hiddenFields(page.html, "Save"),
      outcome: "",
    });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("There is a problem");
    expect((await world.item(episodeId, call.sk))?.status).toBe("open");
  });
});

it("lets nobody frame them or run anything in them", async () => {
  const { headers } = await world.page(as, "/staff");
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("script-src");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(origin).toMatch(/^https:/);
});

describe("a form that this person may not send", () => {
  const driverId = `discharge-${episodeId}-d6`;
  const item = (name: string, assignedFunction: "nurse" | "clinician" | "case-manager") =>
    buildTask({
      taskKind: "discharge-checklist",
      sk: `TASK#discharge-checklist#${name}`,
      words: `Item ${name}.`,
      about: { type: "checklist-item", id: name },
      assignedFunction,
      driverId,
    });
  const screen = item("suicide-screen", "clinician");
  const supply = item("medication-supply", "nurse");
  const visit = item("follow-up-visit", "case-manager");
  const decision = buildTask({
    taskKind: "outreach-decision",
    sk: "TASK#outreach-decision#call-one",
    assignedFunction: "clinician",
    owed: { tier: "ROUTINE", occurrence: "one", steps: [] },
  });

  beforeEach(async () => {
    world = await StaffWorld.create(tuesdayMorning);
    await world.add({
      episode: personAt("riverside", { status: "discharge-planning", week: 6 }),
      items: [screen, supply, visit, decision],
    });
  });

  it("is not offered: the page says who may, before anybody types", async () => {
    for (const [task, by] of [
      [screen, "clinician, clinical lead, prescriber"],
      [supply, "clinician, clinical lead, prescriber, nurse"],
      [decision, "clinician, clinical lead, prescriber, nurse"],
    ] as const) {
      const { html } = await world.page(as, `/staff/tasks/${task.taskId}`);
      expect(text(html)).toContain(`This is recorded by: ${by}.`);
      expect(html).not.toContain('name="outcome"');
      const { html: theirs } = await world.page("avery-riverside", `/staff/tasks/${task.taskId}`);
      expect(theirs).toContain('name="outcome"');
    }
  });

  it("stands beside what they may do, with who may tick it, and what each task is", async () => {
    const { html } = await world.page(as, `/staff/tasks/${visit.taskId}`);
    expect(html).toContain('name="outcome"');
    const shown = text(html).replaceAll(/\s+/g, " ");
    expect(shown).toContain("Before the discharge");
    expect(shown).toContain(
      "Item suicide-screen. Ticked by: clinician, clinical lead, prescriber.",
    );
    expect(shown).toContain(
      "Item medication-supply. Ticked by: clinician, clinical lead, prescriber, nurse.",
    );
    expect(text((await world.page(as, "/staff?tab=work")).html)).toContain(
      "Decide how to reach the person.",
    );
  });
});
