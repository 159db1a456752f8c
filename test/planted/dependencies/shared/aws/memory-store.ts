export const memoryStore = { name: "memory" };
