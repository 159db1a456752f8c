const en = {
  title: "How we write to you",
  lead: "You can change this at any time. It does not change the care you get.",
  channel: { sms: "Texts to your phone", email: "Emails" },
  on: "On",
  off: "Off",
  save: "Save",
  saved: "Saved.",
  textsOff: (number: string) =>
    `Texts are off. To turn them on again, send the word START to ${number} from your phone.`,
  never: {
    sms: "You have not agreed to texts. Call us if you would like them.",
    email: "You have not agreed to emails. Call us if you would like them.",
  },
  call: "To change your name, number, address or language, call us:",
  stopEmails: {
    title: "Stop emails from us?",
    words:
      "Press the button and we send no more emails to this address. You can still call us at any time.",
    button: "Stop emails",
  },
  stoppedEmails: {
    title: "We will send no more emails",
    words:
      "This address gets no more emails from us. If you change your mind, tell us on the phone.",
  },
};

const es: typeof en = {
  title: "Cómo le escribimos",
  lead: "Puede cambiarlo en cualquier momento. No cambia la atención que recibe.",
  channel: { sms: "Mensajes de texto a su teléfono", email: "Correos electrónicos" },
  on: "Sí",
  off: "No",
  save: "Guardar",
  saved: "Guardado.",
  textsOff: (number: string) =>
    `Los mensajes de texto están apagados. Para recibirlos otra vez, envíe la palabra START al ${number} desde su teléfono.`,
  never: {
    sms: "Usted no ha aceptado mensajes de texto. Llámenos si los quiere.",
    email: "Usted no ha aceptado correos electrónicos. Llámenos si los quiere.",
  },
  call: "Para cambiar su nombre, número, dirección o idioma, llámenos:",
  stopEmails: {
    title: "¿Dejar de recibir nuestros correos?",
    words:
      "Oprima el botón y no enviaremos más correos a esta dirección. Siempre puede llamarnos por teléfono.",
    button: "No más correos",
  },
  stoppedEmails: {
    title: "No enviaremos más correos",
    words:
      "Esta dirección ya no recibe correos nuestros. Si cambia de opinión, díganos por teléfono.",
  },
};

export const preferenceTexts = { en, es };
