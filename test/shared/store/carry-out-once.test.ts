import { describe, expect, it } from "vitest";
import { createHmacSecrets } from "../../../shared/aws/secrets/hmac-secrets.ts";
import {
  answerTo,
  commandText,
  findRequest,
  rememberRequest,
} from "../../../shared/store/carry-out-once.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { fc } from "../../builders/properties.ts";

const command = fc.stringMatching(/^[0-9a-f]{22}$/);

describe("what an episode remembers of its last commands", () => {
  it("is the answer of the first time, whole, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(command, fc.string()), { selector: ([id]) => id, minLength: 1 }),
        command,
        (known, other) => {
          const kept = known.map(([id, answer]) => commandText(id, answer));
          for (const [id, answer] of known) expect(answerTo(kept, id)).toBe(answer);
          fc.pre(known.every(([id]) => id !== other));
          expect(answerTo(kept, other)).toBeUndefined();
        },
      ),
    );
  });

  it("keeps an answer of several lines", () => {
    expect(answerTo([commandText("a1", "first\nsecond")], "a1")).toBe("first\nsecond");
  });
});

describe("a request that is remembered under the key of its sender", () => {
  const secrets = createHmacSecrets({
    linkSecret: "a secret for tests only, long enough to be taken",
    contactSecret: "a contact secret for tests only, long enough",
  });
  const now = "2027-01-12T16:00:00.000Z";
  const request = { scope: "casey", key: "key-0001", method: "POST", path: "/a", body: "{}" };
  const answer = { status: 200, body: "first" };
  const remembered = async () => {
    const store = new MemoryStore({ conflictRate: 0 });
    await store.transact([rememberRequest(secrets, request, answer, now)]);
    return { store, secrets };
  };

  it("is told its first answer again, and another one that its key was used", async () => {
    const deps = await remembered();
    expect(await findRequest(deps, request)).toMatchObject(answer);
    for (const other of [{ method: "PUT" }, { path: "/b" }, { body: "{ }" }])
      expect(await findRequest(deps, { ...request, ...other }), JSON.stringify(other)).toBe(
        "other-body",
      );
    for (const other of [{ scope: "avery" }, { key: "key-0002" }])
      expect(await findRequest(deps, { ...request, ...other })).toBeUndefined();
  });

  it("keeps that answer for 30 days, and no later one takes its place", async () => {
    const { store } = await remembered();
    const second = rememberRequest(secrets, request, { status: 200, body: "second" }, now);
    await expect(store.transact([second])).rejects.toThrow();
    expect(await findRequest({ store, secrets }, request)).toMatchObject(answer);
    const [item] = store.all("care");
    expect(item?.expiresAtEpochSeconds).toBe(Date.parse("2027-02-11T16:00:00.000Z") / 1000);
  });
});
