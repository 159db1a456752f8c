import { describe, expect, it } from "vitest";
import {
  phoneLabel,
  readOwnPhone,
  readPhone,
} from "../../../../shared/care/contact-points/contact-point.ts";
import { emailField, parseIntakeRequest } from "../../../../shared/contracts/intake-request.ts";
import { fc } from "../../../builders/properties.ts";

describe("a phone number as people write or paste it", () => {
  it.each([
    ["+12125550195", "+12125550195"],
    ["(212) 555-0195", "+12125550195"],
    ["212.555.0195", "+12125550195"],
    ["1-212-555-0195", "+12125550195"],
    ["\u202A+1 (212) 555-0195\u202C", "+12125550195"],
    ["\u2066212 555 0195\u2069", "+12125550195"],
    ["+1\u00A0212\u2011555\u20110195", "+12125550195"],
    ["212\u2212555\u22120195", "+12125550195"],
    ["212\u200B555\u200B0195", "+12125550195"],
    ["tel:+1-212-555-0195", "+12125550195"],
    ["٢١٢٥٥٥٠١٩٥", "+12125550195"],
    ["+44 (0)1632 960961", "+441632960961"],
    ["+4401632960961", "+441632960961"],
    ["0044 1632 960961", "+441632960961"],
    ["011 44 1632 960961", "+441632960961"],
    ["+52 55 1234 5678", "+525512345678"],
    ["+52 1 55 1234 5678", "+525512345678"],
    ["cell: 212-555-0195", "+12125550195"],
    ["212-555-0195 (cell)", "+12125550195"],
    ["Tel. (212) 555-0195", "+12125550195"],
    ["celular 212 555 0195", "+12125550195"],
    ["sms:+12125550195", "+12125550195"],
    ["<tel:+12125550195>", "+12125550195"],
  ])("%j is %s", (text, phone) => expect(readPhone(text, "us")).toEqual({ phone }));

  it.each([
    ["+15550100", "wrong-length"],
    ["+1212555019", "wrong-length"],
    ["+121255501999", "wrong-length"],
    ["555-0195", "wrong-length"],
    ["+19115550100", "impossible"],
    ["+12129110100", "impossible"],
    ["+12121115550", "impossible"],
    ["555 010 0199", "impossible"],
    ["+12125550195 x12", "extension"],
    ["212-555-0195 ext. 12", "extension"],
    ["2125550195,,12", "extension"],
    ["+999123456789", "unknown-country"],
    ["+44 16", "wrong-length"],
    ["call me at 212 555 0195", "no-number"],
    ["212-555-0195 no texts", "no-number"],
    ["212-555-0195 mom's", "no-number"],
    ["cell: 212-555-0195 x12", "extension"],
    ["212-555-0195 or 212-555-0196", "no-number"],
    ["212 555 CARE", "no-number"],
    ["212 555\n0195", "no-number"],
    ["", "no-number"],
    ["2".repeat(5000), "no-number"],
  ])("%j is refused: %s", (text, problem) =>
    expect(readPhone(text, "us")).toMatchObject({ problem }),
  );

  it("names the extension", () =>
    expect(readPhone("(212) 555-0195 x12", "us")).toEqual({
      problem: "extension",
      extension: "12",
    }));

  it.each([
    ["+12125550195", "(212) 555-0195"],
    ["+441632960961", "+441632960961"],
  ])("%s is shown as %s, and reads back as itself", (phone, label) => {
    expect(phoneLabel(phone)).toBe(label);
    expect(readPhone(label, "us")).toEqual({ phone });
  });

  it("takes every number that is kept for fiction, in any area code that may exist", () => {
    const area = fc
      .integer({ min: 200, max: 989 })
      .filter((code) => !/^(.11|.9.)$/.test(`${code}`));
    fc.assert(
      fc.property(area, fc.integer({ min: 100, max: 199 }), (code, line) => {
        const phone = `+1${code}5550${line}`;
        expect(readPhone(phone, "refused")).toEqual({ phone });
      }),
    );
  });

  it("reads what it gives as the same number again, and throws for no text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        const { phone } = readPhone(text, "us");
        if (phone !== undefined) expect(readPhone(phone, "refused")).toEqual({ phone });
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[+(]?[0-9 ()\-x]{5,18}$/), (text) => {
        const { phone } = readPhone(text, "us");
        if (phone !== undefined) expect(readPhone(phone, "refused")).toEqual({ phone });
      }),
    );
  });
});

describe("a phone number that is to be somebody's own", () => {
  it.each(["800", "833", "844", "855", "866", "877", "888", "900"])(
    "is not one with the area code %s, which an organisation may have",
    (code) => {
      expect(readOwnPhone(`(${code}) 555-0123`, "us")).toEqual({ problem: "nobodys" });
      expect(readPhone(`(${code}) 555-0123`, "us")).toEqual({ phone: `+1${code}5550123` });
    },
  );

  it.each(["+12125550195", "+18605550195", "+18305550195", "+441632960961"])("may be %s", (phone) =>
    expect(readOwnPhone(phone, "refused")).toEqual({ phone }),
  );

  it("is refused for every other reason as any number is", () =>
    expect(readOwnPhone("555-0195", "us")).toEqual({ problem: "wrong-length" }));
});

describe("an email address as people paste it", () => {
  it.each([
    "\u200Brobin@example.org",
    " robin@example.org\u00A0",
    "\u202Arobin@example.org\u202C",
    "robin@exam\u00ADple.org",
    "Robin <robin@example.org>",
    "<robin@example.org>",
    "mailto:robin@example.org",
    "robin@example.org.",
    "robin\uFF20example.org",
  ])("%j is robin@example.org", (text) => expect(emailField.parse(text)).toBe("robin@example.org"));

  it.each([
    "robin at example",
    "robin@example",
    "ro bin@example.org",
    `${"r".repeat(250)}@example.org`,
  ])("%j is refused", (text) => expect(emailField.safeParse(text).success).toBe(false));
});

describe("a referral by the API", () => {
  const body = (phone: string, email?: string) => ({
    programId: "adult-iop",
    source: "referrer",
    participant: {
      name: { given: "Robin", family: "Okafor" },
      birthDate: "1990-05-31",
      phone,
      language: "en",
      ...(email === undefined ? {} : { email }),
    },
    consents: { sms: false, email: false, voicemail: false },
    referrer: { name: "Dr. Lee", phone },
  });
  const parse = (phone: string, email?: string) =>
    parseIntakeRequest(body(phone, email), "2026-11-24");

  it.each([
    "+15550100",
    "+1212555019",
    "+121255501999",
    "+19115550100",
    "+1 212 555 0195 x12",
    "12125550195",
  ])("with %j says what is wrong and repeats nothing of it", (phone) => {
    const { problems } = parse(phone);
    expect(problems?.map(({ path }) => path)).toEqual(["participant.phone", "referrer.phone"]);
    expect(JSON.stringify(problems)).not.toContain(phone);
  });

  it("takes a toll-free number as a referrer's, and says that it is no participant's", () => {
    const { problems } = parse("+1 800 555 0123");
    expect(problems?.map(({ path }) => path)).toEqual(["participant.phone"]);
    expect(JSON.stringify(problems)).toContain("toll-free or premium number");
  });

  it("keeps numbers and addresses in the one form that is compared", () => {
    const { request } = parse("\u202A+1 (212) 555-0195\u202C", "robin@example.org\u200B");
    expect(request?.participant).toMatchObject({
      phone: "+12125550195",
      email: "robin@example.org",
    });
    expect(request?.referrer?.phone).toBe("+12125550195");
  });
});
