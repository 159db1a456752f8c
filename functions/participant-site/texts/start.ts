// Open to everybody who looks at the screen: nothing here says what kind of care it is.
const en = {
  home: {
    title: "Ask for a first talk with us",
    lead: "You can ask for yourself here. It takes about 5 minutes. Asking is free.",
    steps: [
      { what: "You fill in a short form", words: "Your name and how we can reach you." },
      {
        what: "We get in touch",
        words: "We send you a few questions by text or email, or we call you.",
      },
      { what: "We find out together what fits", words: "You decide if you want to go on." },
    ],
    button: "Start",
    callTitle: "Would you rather talk with someone?",
    call: "Call us. You can also call to refer someone else.",
  },
};

const es: typeof en = {
  home: {
    title: "Pida una primera conversación con nosotros",
    lead: "Aquí puede pedirla para usted. Toma unos 5 minutos. Pedirla es gratis.",
    steps: [
      { what: "Llena un formulario corto", words: "Su nombre y cómo podemos comunicarnos." },
      {
        what: "Nos comunicamos con usted",
        words: "Le enviamos unas preguntas por mensaje o correo, o le llamamos.",
      },
      { what: "Vemos juntos qué le conviene", words: "Usted decide si quiere seguir." },
    ],
    button: "Empezar",
    callTitle: "¿Prefiere hablar con alguien?",
    call: "Llámenos. También puede llamar para referir a otra persona.",
  },
};

export const startTexts = { en, es };
