export const dependencies = { name: "one" };
