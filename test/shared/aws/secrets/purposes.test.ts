import { createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createHmacSecrets } from "../../../../shared/aws/secrets/hmac-secrets.ts";

const linkSecret = "a secret for tests only, long enough to be taken";
const contactSecret = "a contact secret for tests only, long enough";
const secrets = createHmacSecrets({ linkSecret, contactSecret });
/** The same secret behind both, as in a deployment that began with one. */
const shared = createHmacSecrets({ linkSecret, contactSecret: linkSecret });
const text = "01JHTESTLINK00000000000000";

/** What each purpose makes of a text. */
const made = {
  link: secrets.sealLink(text),
  value: secrets.sealValue(text),
  contact: secrets.contactPointId(text),
  hash: secrets.sha256(text),
  code: secrets.tabletCode(text),
  codeHash: secrets.tabletCodeHash("riverside", secrets.tabletCode(text)),
};

describe("what was made for one purpose", () => {
  it("opens for that purpose alone", () => {
    expect(secrets.openLink(made.link)).toBe(text);
    expect(secrets.openValue(made.value)).toBe(text);
    for (const [purpose, sealed] of Object.entries(made)) {
      if (purpose !== "link") expect(secrets.openLink(sealed), purpose).toBeUndefined();
      if (purpose !== "value") expect(secrets.openValue(sealed), purpose).toBeUndefined();
    }
  });

  it("is no part of what another purpose makes: nobody who sees one can put the other together", () => {
    /** A seal as long as that of a link, from the first bytes of something longer. */
    const asSeal = (bytes: Buffer) => `${text}.${bytes.subarray(0, 16).toString("base64url")}`;
    for (const one of [secrets, shared]) {
      expect(
        one.openLink(asSeal(Buffer.from(one.contactPointId(text), "base64url"))),
      ).toBeUndefined();
      expect(one.openLink(asSeal(Buffer.from(one.sha256(text), "hex")))).toBeUndefined();
    }
    // The number and the links do not follow from one another, even from the same secret.
    expect(shared.contactPointId(text)).not.toBe(shared.sha256(text));
  });

  it("is made with a key of its own, by RFC 5869: whoever learns one key has no other", () => {
    const keyFor = (purpose: string) =>
      Buffer.from(hkdfSync("sha256", linkSecret, "throughcare", purpose, 32));
    const sealedWith = (key: Buffer) => {
      const seal = createHmac("sha256", key).update(text).digest().subarray(0, 16);
      return `${text}.${seal.toString("base64url")}`;
    };
    expect(secrets.openLink(sealedWith(keyFor("link")))).toBe(text);
    for (const purpose of ["encrypted-value", "contact-point", ""])
      expect(secrets.openLink(sealedWith(keyFor(purpose))), purpose).toBeUndefined();
    const openedWith = (key: Buffer) => {
      const bytes = Buffer.from(made.value.slice(made.value.indexOf(".") + 1), "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
    };
    expect(openedWith(keyFor("encrypted-value"))).toBe(text);
    for (const purpose of ["link", "contact-point", ""])
      expect(() => openedWith(keyFor(purpose)), purpose).toThrow();
  });

  it("is a code that can be read out, and what is kept of it another one's at another site", () => {
    expect(made.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(secrets.tabletCode(text)).toBe(made.code);
    expect(secrets.tabletCodeHash("mesa", made.code)).not.toBe(made.codeHash);
    expect(secrets.tabletCode(`${text}2`)).not.toBe(made.code);
    const others = createHmacSecrets({ linkSecret: `${linkSecret}!`, contactSecret });
    expect(others.tabletCode(text)).not.toBe(made.code);
    expect(others.tabletCodeHash("riverside", made.code)).not.toBe(made.codeHash);
  });

  it("follows from its own secret alone", () => {
    const otherLinks = createHmacSecrets({ linkSecret: `${linkSecret}!`, contactSecret });
    const otherContacts = createHmacSecrets({ linkSecret, contactSecret: `${contactSecret}!` });
    expect(otherLinks.contactPointId(text)).toBe(made.contact);
    expect(otherLinks.openLink(made.link)).toBeUndefined();
    expect(otherLinks.openValue(made.value)).toBeUndefined();
    expect(otherContacts.contactPointId(text)).not.toBe(made.contact);
    expect(otherContacts.openLink(made.link)).toBe(text);
    expect(otherContacts.openValue(made.value)).toBe(text);
  });
});

describe("a sealed value", () => {
  it("looks another way each time, and hides what it holds", () => {
    const again = secrets.sealValue(text);
    expect(again).not.toBe(made.value);
    expect(secrets.openValue(again)).toBe(text);
    expect(Buffer.from(made.value.split(".")[1] ?? "", "base64url").includes(text)).toBe(false);
  });

  it("is opened whole or not at all: no letter changed, added, cut off or written another way", () => {
    for (const sealed of [made.value, made.link]) {
      const open = sealed === made.link ? secrets.openLink : secrets.openValue;
      for (let at = 0; at < sealed.length; at += 1) {
        const letter = sealed[at] === "A" ? "B" : "A";
        expect(
          open(sealed.slice(0, at) + letter + sealed.slice(at + 1)),
          `letter ${at}`,
        ).toBeUndefined();
        expect(open(sealed.slice(0, at)), `cut at ${at}`).toBeUndefined();
        expect(
          open(`${sealed.slice(0, at)}ñ${sealed.slice(at + 1)}`),
          `a letter of another alphabet at ${at}`,
        ).toBeUndefined();
      }
      for (const other of [
        `${sealed}A`,
        `A${sealed}`,
        `${sealed}=`,
        `${sealed} `,
        "",
        ".",
        sealed.toLowerCase(),
      ])
        expect(open(other), other).toBeUndefined();
    }
  });

  it("may be empty, long, or in any writing", () => {
    for (const value of ["", "ñ 你好 🙂", "x".repeat(5000)])
      expect(secrets.openValue(secrets.sealValue(value))).toBe(value);
  });
});

describe("a number or address", () => {
  it("is the same however it is written", () => {
    expect(secrets.contactPointId(" Amina.Q@Example.org ")).toBe(
      secrets.contactPointId("amina.q@example.org"),
    );
    expect(secrets.contactPointId("a@example.org")).not.toBe(
      secrets.contactPointId("b@example.org"),
    );
  });
});

describe("secrets that are no secrets are not taken", () => {
  const long = "x".repeat(32);
  it.each([
    ["an empty one", "", "is empty"],
    ["blanks", "   ", "is empty"],
    ["a short one", "x".repeat(31), "31 bytes"],
    ["a short version", `2:${"x".repeat(31)}`, "Version 2"],
    ["two versions of the same id", `2:${long} 2:${long}y`, "same id"],
    ["the same secret twice", `2:${long} 1:${long}`, "same secret twice"],
    ["an id that is missing", `:${long}`, "one small letter or digit"],
    ["an id of two letters", `ab:${long}`, "one small letter or digit"],
    ["an id that no link can hold", `A:${long}`, "one small letter or digit"],
  ])("%s", (_what, given, why) => {
    expect(() => createHmacSecrets({ linkSecret: given, contactSecret })).toThrow(why);
    try {
      createHmacSecrets({ linkSecret: given, contactSecret });
    } catch (error) {
      expect(String(error)).not.toContain("xxxxx");
    }
  });

  it("nor behind the numbers", () => {
    expect(() => createHmacSecrets({ linkSecret, contactSecret: " " })).toThrow(
      "CONTACT_SECRET is empty",
    );
    expect(() => createHmacSecrets({ linkSecret, contactSecret: "short" })).toThrow(
      "CONTACT_SECRET has 5 bytes",
    );
  });

  it("one with blanks and a colon in it is, as it stands", () => {
    const words = "a secret in words: long enough to be taken";
    const link = createHmacSecrets({ linkSecret: words, contactSecret }).sealLink(text);
    expect(link.charAt(text.length)).toBe(".");
  });

  it("several are, however many blanks part them and stand before them", () => {
    const old = createHmacSecrets({ linkSecret: `1:${long}y`, contactSecret }).sealLink(text);
    const both = createHmacSecrets({ linkSecret: `\n 2:${long}  \n 1:${long}y `, contactSecret });
    expect(both.openLink(old)).toBe(text);
    expect(both.sealLink(text).charAt(text.length)).toBe("2");
  });

  it("one of 32 bytes is, with blanks around it", () => {
    expect(
      createHmacSecrets({ linkSecret: ` ${long}\n`, contactSecret: ` ${long} ` }).openLink(
        createHmacSecrets({ linkSecret: long, contactSecret: long }).sealLink(text),
      ),
    ).toBe(text);
  });
});
