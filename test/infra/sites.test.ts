import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runThroughcare } from "../../cli/main.ts";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { sitesFileSchema } from "../../shared/contracts/program-seed-files.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { listSites } from "../../shared/store/list-sites.ts";
import { shippedFiles } from "../builders/program-files.ts";
import { storeKinds, type TestStore } from "../fakes/test-stores.ts";
import { root, stages } from "./support/synthesised.ts";

const clock = { now: () => "2027-01-05T15:00:00.000Z" };
const fileOf = (stage: string) => shippedFiles[`sites.${stage}.yaml`] ?? "";

async function throughcare(...words: readonly string[]) {
  let said = "";
  const take = (text: string) => {
    said += text;
  };
  const code = await runThroughcare(words, {
    out: take,
    err: take,
    env: {},
    cwd: root,
    fetch: async () => {
      throw new TypeError("fetch failed");
    },
    isColored: false,
  });
  return { code, said };
}

describe.each(stages)("the sites of %s", (stage) => {
  const { sites } = sitesFileSchema.parse(parse(fileOf(stage)));
  const config = stageNamed(stage);

  test("send from the numbers and domains that the stage lets them send from", () => {
    const sending = sites.filter(({ siteId }) => siteId !== config.canary.siteId);
    expect(sending.map(({ siteId }) => siteId).sort()).toEqual(
      config.sites.map(({ siteId }) => siteId).sort(),
    );
    for (const { siteId, senders } of sending) {
      const known = config.sites.find((one) => one.siteId === siteId);
      expect(senders.sms, siteId).toBe(known?.numbers?.participants.number);
      expect(senders.staffPages, siteId).toBe(known?.numbers?.staffPages.number);
      expect(senders.email.split("@")[1], siteId).toBe(known?.mailDomain);
    }
  });

  test("have one where the canary's referral goes and nobody works", () => {
    const canary = sites.find(({ siteId }) => siteId === config.canary.siteId);
    expect(canary?.programs).toContain(config.canary.programId);
    const numbers = config.sites.flatMap(({ numbers: own }) =>
      own === undefined ? [] : [own.participants.number, own.staffPages.number],
    );
    expect(numbers).not.toContain(canary?.senders.sms);
    expect(numbers).not.toContain(canary?.senders.staffPages);
  });

  test("have somebody on call at every hour, so that no form with a safety item stays shut", () => {
    expect(sites.filter(({ onCall }) => onCall === undefined)).toEqual([]);
  });

  test("can be published, as the guide says", async () => {
    const { code, said } = await throughcare("program", "check", "programs", "--stage", stage);
    expect(code, said).toBe(0);
    expect(said).toContain("adult-iop, sud-iop can be published");
  });
});

describe("publishing a stage into its tables", () => {
  let started: TestStore;
  beforeAll(async () => {
    started = await storeKinds.memory();
  });
  afterAll(async () => {
    await started.stop();
  });

  test("sets up its own sites and not the fictional ones", async () => {
    const files = { ...shippedFiles, "sites.yaml": fileOf("production") };
    const outcome = await publishFiles({ store: started.store, clock }, files, ["adult-iop"]);
    expect(outcome).toMatchObject({
      ok: true,
      liveData: { newSiteIds: ["riverside", "mesa", "canary"] },
    });
    const [riverside] = await listSites(started.store);
    expect(riverside?.senders.sms).toBe("+12125550131");
  });
});

test("a stage without sites, and a mistake in a stage's sites, are named", async () => {
  const { code, said } = await throughcare("program", "publish", "programs", "--stage", "staging");
  expect(code).toBe(2);
  expect(said).toContain("The stage staging has no sites: there is no sites.staging.yaml.");
});
