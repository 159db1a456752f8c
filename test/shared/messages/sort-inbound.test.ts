import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findCrisisPhrase } from "../../../shared/care/safety/find-crisis-phrase.ts";
import { holdsPhrase, normaliseText } from "../../../shared/care/text/normalise-text.ts";
import { policyFileSchema } from "../../../shared/contracts/program-seed-files.ts";
import { type InboundKind, sortInbound } from "../../../shared/messages/sort-inbound.ts";
import { fc } from "../../builders/properties.ts";

/** The policy that ships. */
const policy = policyFileSchema.parse(parse(readFileSync("programs/policy.yaml", "utf8")));

/** Words that the rules of each language must find. */
const crisisPhrases = {
  en: [
    "kill myself",
    "want to die",
    "don't want to live",
    "better off dead",
    "overdosed",
    "can't go on",
  ],
  es: [
    "quiero morir",
    "matarme",
    "quitarme la vida",
    "sobredosis",
    "hacerme daño",
    "ya no aguanto",
  ],
};
const crisisWords = Object.values(crisisPhrases).flat();

/** Ways in which people type the same words. */
const typed: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => `  ${text.replaceAll(" ", "   ")}\n`,
  (text) => `${text}!!!`,
  (text) => `"${text}"...`,
  (text) => text.replaceAll("'", "’"),
  (text) => text.normalize("NFD"),
  (text) => text.split("").join("\u200b"),
];

describe("words of crisis", () => {
  it("are found in every language, however they are typed and whatever stands around them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...crisisWords),
        fc.constantFrom(...typed),
        fc.constantFrom("", "hi it is me ", "mira, ", "ok 😔 "),
        fc.constantFrom("", " tonight", " . please call", " por favor"),
        (phrase, type, before, after) => {
          expect(findCrisisPhrase(policy, `${before}${type(phrase)}${after}`)).toBeDefined();
        },
      ),
      { numRuns: 600 },
    );
  });

  it("are found when they are written as one", () => {
    expect(findCrisisPhrase(policy, "killmyself")).toBeDefined();
    expect(findCrisisPhrase(policy, "i just wanttodie")).toBeDefined();
    expect(findCrisisPhrase(policy, "quieromorir")).toBeDefined();
  });

  it("are named by a code, never by the words", () => {
    const rule = findCrisisPhrase(policy, "I want to die");
    expect(rule).toBe("crisis-words.en.wish-to-die");
  });

  it("are not seen in ordinary replies", () => {
    for (const text of [
      "ok see you at 9",
      "Running late, bus broke down",
      "gracias, ahí estaré",
      "Can I get a refill of my meds",
      "my diet is going well",
      "I overslept, sorry",
      "",
    ]) {
      expect(findCrisisPhrase(policy, text)).toBeUndefined();
    }
  });

  it("come before every keyword: nobody who asks for an end goes unread", () => {
    expect(sortInbound("STOP texting me, I want to die", policy)).toMatchObject({ kind: "stop" });
    expect(sortInbound("STOP texting me, I want to die", policy).crisisRule).toBeDefined();
    expect(sortInbound("help me I will hurt myself", policy).crisisRule).toBeDefined();
  });
});

describe("a text that asks for an end", () => {
  it("is any stop word, however it is typed, with or without politeness", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...policy.stopWords),
        fc.constantFrom(...typed),
        fc.constantFrom("", "please ", "pls ", "por favor "),
        fc.constantFrom("", " please", " now", " gracias", " thanks"),
        (word, type, before, after) => {
          expect(sortInbound(`${before}${type(word)}${after}`, policy).kind).toBe("stop");
        },
      ),
      { numRuns: 600 },
    );
  });

  it.each([
    "Please stop texting me",
    "stop stop stop",
    "STOP 🛑",
    "🛑",
    "Don't text me again",
    "Don’t contact me any more.",
    "take me off your list",
    "No more messages please",
    "I revoke my consent",
    "no me manden más mensajes",
    "No me escriban",
    "Dejen de mandarme mensajes",
    "quiero cancelar los mensajes",
    "Unsubscribe me from all texts",
  ])("is any reasonable wording: %s", (text) => {
    expect(sortInbound(text, policy)).toMatchObject({ kind: "stop", isForStaff: false });
  });

  it.each([
    "I can't stop thinking about it",
    "The bus stop is closed",
    "at the end of the day I will come",
    "what is the end time",
    "cancel my visit on Friday please?",
  ])("is not: %s", (text) => {
    expect(sortInbound(text, policy).kind).not.toBe("stop");
  });
});

describe("a reaction or an answer by a machine", () => {
  it.each([
    "Reacted 😂 to “Reply STOP to end texts”",
    "👍 to “Reply STOP to end texts”",
    "Enfatizó “Responda ALTO para terminar”",
    "Liked “I want to die”",
    "Out of office",
    "[Auto-reply] I'm at work",
    "Automatic message: I'm driving",
    "Enviado automáticamente",
  ])("asks for nothing and makes no work: %s", (text) => {
    const sorted = sortInbound(text, policy);
    expect(sorted).toMatchObject({ kind: "machine", isForStaff: false });
    expect(sorted.crisisRule).toBeUndefined();
  });

  it("hides nothing that its writer adds", () => {
    expect(sortInbound("Liked “ok” I want to die", policy).crisisRule).toBeDefined();
    expect(sortInbound("Auto-reply: STOP texting this number", policy).kind).toBe("stop");
  });
});

describe("who wants texts again", () => {
  it.each([
    "restart texts",
    "resubscribe",
    "start texting me again",
    "opt me back in",
    "turn texts back on",
    "vuelvan a mandarme mensajes",
  ])("is heard, and never taken for who wants none: %s", (text) => {
    expect(sortInbound(text, policy)).toMatchObject({ kind: "start", isForReading: false });
  });

  it.each(["no vuelvan a mandarme mensajes", "nunca vuelvan a escribirme", "no molesten"])(
    "is told from who wants none: %s",
    (text) => {
      const sorted = sortInbound(text, policy);
      expect(sorted.kind).toBe("stop");
      expect(sorted.crisisRule).toBeUndefined();
    },
  );
});

describe("a wrong number", () => {
  it.each(["this is the wrong phone number", "wrong num", "se equivocó de número"])(
    "is known as one: %s",
    (text) => expect(sortInbound(text, policy).kind).toBe("wrong-number"),
  );

  it("is told to a person, also where an end is asked for beside it", () => {
    const sorted = sortInbound("please stop, wrong number", policy);
    expect(sorted).toMatchObject({ kind: "stop", isForStaff: true });
  });
});

describe("who would rather be texted", () => {
  it.each([
    "stop calling me, text me instead",
    "don't call, text",
    "please dont email me, text",
    "no more phone calls, texts only",
    "no me llamen, mándenme mensaje",
    "I changed my number",
  ])("is not written off: %s", (text) => {
    expect(sortInbound(text, policy)).toMatchObject({ kind: "other", isForStaff: true });
  });

  it.each([
    "don't call or text me",
    "stop calling and texting",
    "stop calling, stop texting",
    "don't text, call me",
    "no me llamen ni me manden mensajes",
    "STOP2END",
  ])("is told from who wants neither: %s", (text) => {
    expect(sortInbound(text, policy).kind).toBe("stop");
  });
});

describe("other texts", () => {
  it.each<[string, InboundKind, boolean]>([
    ["START", "start", false],
    ["unstop please", "start", false],
    ["Iniciar", "start", false],
    ["Help", "help", false],
    ["ayuda!", "help", false],
    ["help please", "help", true],
    ["Sorry, wrong number", "wrong-number", true],
    ["Número equivocado", "wrong-number", true],
    ["I ran out of my pills", "refill", true],
    ["se me acabó la medicina", "refill", true],
    ["I'm running late", "schedule", true],
    ["no puedo ir mañana", "schedule", true],
    ["C", "other", true],
    ["ok thanks", "other", true],
    ["👍", "machine", false],
    ["Liked “See you Thursday at 9”", "machine", false],
    ["Loved “If you might act on thoughts of harming yourself, call 988”", "machine", false],
    ["I'm driving with Do Not Disturb While Driving turned on.", "machine", false],
    ["This is an automatic reply", "machine", false],
    ["I'm driving right now - I'll get back to you later. Sent from my car", "machine", false],
    ["Emphasized an image", "machine", false],
    ["Le gustó una foto", "machine", false],
    ["Loved an image of my dog that I sent you, did you see it?", "other", true],
    ["cancel me", "other", true],
    ["Sorry, wrong number! That was for my sister. See you Thursday", "other", true],
    ["This is an automatic reply. I can't go on", "other", true],
  ])("are sorted: %s", (text, kind, isForStaff) => {
    expect(sortInbound(text, policy)).toMatchObject({ kind, isForStaff });
  });

  it("never make the sorting fail, whatever they hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(sortInbound(text, policy).kind).toBeTypeOf("string");
      }),
    );
  });
});

describe("text as it is compared", () => {
  it("has no accents, case or punctuation, and is the same when it is compared again", () => {
    expect(normaliseText("  ¿Ya NO puedo más?! ")).toBe("ya no puedo mas");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(normaliseText(normaliseText(text))).toBe(normaliseText(text));
      }),
    );
  });

  it("holds a phrase in whole words only", () => {
    expect(holdsPhrase("skill him", "kill him")).toBe(false);
    expect(holdsPhrase("anything", "")).toBe(false);
  });
});

describe("a text of somebody who wants to come back", () => {
  it.each([
    "I need to come back",
    "Can I come back? It is getting hard again",
    "i want to come back to the program asap",
    "could I go back to IOP",
    "Necesito volver al programa",
    "quiero regresar",
  ])("%s says so", (body) => {
    expect(sortInbound(body, policy).asksToReturn).toBe(true);
  });

  it.each(["Thanks, see you Friday", "Can't come today", "When is my appointment?", "gracias"])(
    "%s does not",
    (body) => {
      expect(sortInbound(body, policy).asksToReturn).toBe(false);
    },
  );
});
