// Walks a fictional participant through intake, over the public host, the way a referral comes in.
// One referral a day: within the day the same key must give the same answer.
const origin = process.env.ORIGIN;
const day = new Date().toISOString().slice(0, 10);

const referral = {
  programId: process.env.PROGRAM_ID,
  siteId: process.env.SITE_ID,
  source: "self",
  participant: {
    name: { given: "Canary", family: "Fictional" },
    birthDate: "1990-01-01",
    phone: "+12025550143",
    phoneKind: "own",
    language: "en",
  },
  consents: { sms: false, email: false, voicemail: false },
  reason: "A daily check by the system itself",
};

function expect(isTrue, sentence) {
  if (!isTrue) throw new Error(sentence);
}

function refer(body) {
  return fetch(`${origin}/api/v1/intakes`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `canary-${day}` },
    body: JSON.stringify(body),
  });
}

async function walkIntake() {
  const page = await fetch(`${origin}/start`);
  expect(page.status === 200, `The intake page answered ${page.status}`);
  expect(
    page.headers.get("strict-transport-security") !== null,
    "The intake page came without its security headers",
  );
  const first = await refer(referral);
  expect(first.status === 202, `The referral was answered with ${first.status}`);
  const { reference } = await first.json();
  expect(typeof reference === "string", "The referral got no reference");
  const again = await refer(referral);
  expect(again.status === 202, `The same referral again was answered with ${again.status}`);
  expect(
    (await again.json()).reference === reference,
    "The same referral again made a second episode",
  );
  const queue = await fetch(`${origin}/api/v1/queue?tab=approvals`);
  expect(queue.status === 401, `The queue answered ${queue.status} to a stranger`);
}

exports.handler = walkIntake;
