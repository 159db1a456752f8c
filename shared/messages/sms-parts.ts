/** The GSM 03.38 basic character set: one septet each. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** The extension table: two septets each. */
const extension = new Set("\f^{}\\[~]|€");

export type SmsParts = {
  readonly encoding: "gsm-7" | "ucs-2";
  readonly parts: number;
  /** Characters that force UCS-2, each once. */
  readonly foreign: readonly string[];
};

/** How a text is split on its way: 160 septets or 70 UTF-16 units in one part, 153 or 67 in each of several. */
export function countSmsParts(text: string): SmsParts {
  const characters = [...text];
  const foreign = [
    ...new Set(
      characters.filter((character) => !basic.has(character) && !extension.has(character)),
    ),
  ];
  if (foreign.length > 0) {
    return {
      encoding: "ucs-2",
      parts: text.length <= 70 ? 1 : Math.ceil(text.length / 67),
      foreign,
    };
  }
  const septets = characters.reduce(
    (sum, character) => sum + (extension.has(character) ? 2 : 1),
    0,
  );
  return { encoding: "gsm-7", parts: septets <= 160 ? 1 : gsmParts(characters), foreign };
}

/** An extension character is never cut in two, so a part may hold 152 septets. */
function gsmParts(characters: readonly string[]): number {
  let parts = 1;
  let used = 0;
  for (const character of characters) {
    const width = extension.has(character) ? 2 : 1;
    if (used + width > 153) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return parts;
}

/** The text in GSM-7 where dropping accents is enough (`sábado` → `sabado`); other characters stay. */
export function toGsm(text: string): string {
  return [
    ...text
      .replaceAll(/[\u00a0\u202f]/g, " ")
      .replaceAll(/[‘’]/g, "'")
      .replaceAll(/[–—]/g, "-"),
  ]
    .map((character) => {
      if (basic.has(character) || extension.has(character)) return character;
      const plain = character.normalize("NFD").replaceAll(/\p{M}/gu, "");
      return plain === "" ? character : plain;
    })
    .join("");
}
