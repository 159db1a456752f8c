const en = {
  title: "Your plans",
  lead: "You wrote these with us. Tell us when something in them is not right any more.",
  none: "There is nothing here. Call us if you would like to find your plans on this page.",
  link: "Your plans",
  call: "Call us:",
};

const es: typeof en = {
  title: "Sus planes",
  lead: "Usted los escribió con nosotros. Avísenos cuando algo ya no esté bien.",
  none: "Aquí no hay nada. Llámenos si quiere ver sus planes en esta página.",
  link: "Sus planes",
  call: "Llámenos:",
};

/** The page of a person's own plans. */
export const myPlansTexts = { en, es } as const;
