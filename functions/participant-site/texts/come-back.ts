const en = {
  title: "Do you need to come back?",
  lead: "Tell us if things have become harder and you need more support than now. You do not have to explain it here.",
  press:
    "Press the button, and one of us calls you today, or on the morning of the next day on which we are here.",
  button: "I need to come back",
  link: "I need to come back to the program",
  told: "Thank you for telling us.",
  next: "One of us will call you, and you decide together what comes next. You can call us first:",
  callUs: "You can also call us:",
  wait: "If it cannot wait:",
};

const es: typeof en = {
  title: "¿Necesita volver?",
  lead: "Díganos si las cosas se han puesto más difíciles y necesita más apoyo que ahora. No tiene que explicarlo aquí.",
  press:
    "Pulse el botón y alguien de nosotros le llamará hoy, o en la mañana del próximo día en que estemos aquí.",
  button: "Necesito volver",
  link: "Necesito volver al programa",
  told: "Gracias por decírnoslo.",
  next: "Alguien de nosotros le llamará, y juntos decidirán cómo seguir. También puede llamarnos antes:",
  callUs: "También puede llamarnos:",
  wait: "Si no puede esperar:",
};

/** The page on which somebody says that they need to come back to the program. */
export const comeBackTexts = { en, es } as const;
