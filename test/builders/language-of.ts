/** Small words of a language that the other one does not have, and its days and months: no name, number or address is among them. */
const small: Readonly<Record<"en" | "es", readonly string[]>> = {
  en: "sunday monday tuesday wednesday thursday friday saturday january february march april june july august september october november december online office the your you and is are to of for please with we our this that what will have it if or from today tomorrow week forms here when call reply day how been last any not who they was be do not does there their about feel feeling often yes day".split(
    " ",
  ),
  es: "domingo lunes martes miércoles jueves viernes sábado enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre mañana ayer oficina el la los las de del que por para su sus le les un una con se al usted y en hoy lunes semana llame responda cuando donde como más muy sí día días está esta este nos nuestra nuestro es lo si".split(
    " ",
  ),
};
/** Also words of the other language, or of none: the word that ends texts, for one. */
const shared: Readonly<Record<"en" | "es", readonly string[]>> = {
  en: ["no", "me", "he", "as", "a", "do", "be"],
  es: [
    "no",
    "me",
    "he",
    "as",
    "a",
    "se",
    "es",
    "si",
    "lo",
    "como",
    "en",
    "y",
    "al",
    "un",
    "la",
    "el",
  ],
};

/** The words of a text that belong to the other language; none when it is written in its own. */
export function strangersIn(language: "en" | "es", text: string): readonly string[] {
  const other = language === "en" ? "es" : "en";
  const words = text
    .replaceAll(/\{[^}]*\}|https?:\S+|\S+@\S+/g, " ")
    .toLowerCase()
    .match(/[\p{L}']+/gu);
  return (words ?? []).filter(
    (word) => small[other].includes(word) && !shared[other].includes(word),
  );
}
