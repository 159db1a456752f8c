/** What staff ask everybody in the room, of a fictional person of whom nothing is to be followed up. */
export const exampleScreens: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "suicide-screen": { "asq-1": 0, "asq-2": 0, "asq-3": 0, "asq-4": 0 },
  "in-the-room": {
    "last-alcohol": 2,
    "last-benzodiazepines": 0,
    "last-opioids": 0,
    "seizure-or-delirium": 0,
    pregnancy: 0,
    housing: 0,
  },
};
