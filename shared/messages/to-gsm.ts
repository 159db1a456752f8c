/**
 * GSM 03.38, the basic set and its extension table. A copy of what counts the parts (`sms-parts.ts`), whose package
 * carries tables of graphemes that sending does not need; a test holds the two against each other.
 */
const alphabet = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€",
);

/** The text in GSM-7 where dropping accents is enough (`sábado` → `sabado`); other characters stay. */
export function toGsm(text: string): string {
  return [
    ...text
      .replaceAll(/[\u00a0\u202f]/g, " ")
      .replaceAll(/[‘’]/g, "'")
      .replaceAll(/[–—]/g, "-"),
  ]
    .map((character) => {
      if (alphabet.has(character)) return character;
      const plain = character.normalize("NFD").replaceAll(/\p{M}/gu, "");
      return plain === "" ? character : plain;
    })
    .join("");
}
