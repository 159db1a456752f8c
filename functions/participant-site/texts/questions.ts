const en = {
  progress: (number: number, count: number) => `Question ${number} of ${count}`,
  mayLeaveOut: "You can leave this one out.",
  selectOne: "Select one answer",
  wholeNumber: (minimum: number, maximum: number) =>
    `Enter a whole number from ${minimum} to ${maximum}`,
  words: {
    label: "Is there anything you want to tell us? (optional)",
    hint: "Someone at the office reads this on a working day. Do not write here if you need help now.",
  },
  askedByPerson: {
    title: "A person asks you these questions",
    words:
      "They are not published in this language. Someone at the office goes through them with you, with an interpreter. Call us, or wait for our call:",
  },
  intro: {
    title: "Some questions about how you are",
    count: (count: number, minutes: number) =>
      `There are ${count} questions. They take about ${minutes} minutes.`,
    saved:
      "Each answer is saved when you press Continue. You can stop and come back with the same link.",
    who: "The people who care for you at the office read your answers.",
    notLive:
      "Nobody watches your answers as you give them. If you need help now, use the numbers at the end of the page.",
    button: "Start",
    goOn: "Go on",
  },
  check: {
    title: "Check your answers",
    button: "Send my answers",
  },
  done: {
    title: "Thank you",
    sent: "We have your answers. There is nothing else to do.",
    call: "Questions, or something changed? Call us:",
    preferences: "Choose how we write to you",
  },
  open: {
    title: "Some questions are left",
    words: "Please answer them first. Nothing that you answered is lost.",
    link: "Go to the next question",
  },
  notOffered: {
    title: "That answer was not one of those offered",
    words: "Go back, choose one of the answers on the page, and press Continue.",
  },
  crisis: {
    title: "You do not have to be alone with this",
    words: "Thank you for telling us. Please talk with someone now:",
    office: "Or call us at the office:",
    read: "The people who care for you will read your answer. Do not wait for us if you may be in danger.",
    button: "I am safe right now – continue",
  },
};

const es: typeof en = {
  progress: (number: number, count: number) => `Pregunta ${number} de ${count}`,
  mayLeaveOut: "Puede dejar esta sin responder.",
  selectOne: "Elija una respuesta",
  wholeNumber: (minimum: number, maximum: number) =>
    `Escriba un número entero de ${minimum} a ${maximum}`,
  words: {
    label: "¿Hay algo que quiera contarnos? (opcional)",
    hint: "Alguien de la oficina lo lee en un día de trabajo. No escriba aquí si necesita ayuda ahora.",
  },
  askedByPerson: {
    title: "Una persona le hace estas preguntas",
    words:
      "Todavía no están publicadas en español. Alguien de la oficina las hace con usted, con un intérprete. Llámenos o espere nuestra llamada:",
  },
  intro: {
    title: "Algunas preguntas sobre cómo está",
    count: (count: number, minutes: number) =>
      `Son ${count} preguntas. Toman unos ${minutes} minutos.`,
    saved:
      "Cada respuesta se guarda cuando oprime Continuar. Puede parar y volver con el mismo enlace.",
    who: "Las personas de la oficina que le atienden leen sus respuestas.",
    notLive:
      "Nadie ve sus respuestas en el momento. Si necesita ayuda ahora, use los números al final de la página.",
    button: "Empezar",
    goOn: "Seguir",
  },
  check: {
    title: "Revise sus respuestas",
    button: "Enviar mis respuestas",
  },
  done: {
    title: "Gracias",
    sent: "Tenemos sus respuestas. No tiene que hacer nada más.",
    call: "¿Preguntas o algo cambió? Llámenos:",
    preferences: "Elegir cómo le escribimos",
  },
  open: {
    title: "Faltan algunas preguntas",
    words: "Por favor respóndalas primero. No se pierde nada de lo que respondió.",
    link: "Ir a la siguiente pregunta",
  },
  notOffered: {
    title: "Esa respuesta no era una de las ofrecidas",
    words: "Regrese, elija una de las respuestas de la página y oprima Continuar.",
  },
  crisis: {
    title: "No tiene que pasar por esto sin compañía",
    words: "Gracias por decírnoslo. Por favor hable con alguien ahora:",
    office: "O llámenos a la oficina:",
    read: "Las personas que le atienden leerán su respuesta. No nos espere si puede estar en peligro.",
    button: "Ahora mismo no corro peligro: continuar",
  },
};

export const questionTexts = { en, es };
