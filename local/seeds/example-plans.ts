import type { PlanKind } from "../../shared/care/program/plan-kinds.ts";

/** Plans of a fictional person, as short as such plans may be. */
export const examplePlans: Readonly<Record<PlanKind, Readonly<Record<string, string>>>> = {
  crisis: {
    "warning-signs": "I stop answering the phone and do not sleep",
    "own-ways": "Walk by the lake, music, a shower",
    "people-to-tell": "My sister Kim, 555-0142",
    reasons: "My daughter, the garden",
  },
  "relapse-prevention": {
    triggers: "Paydays, arguments at home",
    "early-signs": "I skip breakfast and meetings",
    strategies: "Call Kim before I go out, go to the evening group",
    "first-calls": "Kim, then the clinic",
  },
  treatment: {
    problems: "Low mood and sleep",
    goals: "Sleep through four nights a week, go back to work in spring",
    services: "Group three times a week, individual once, prescriber every second week",
    who: "Case manager: work. Therapist: sleep. I keep the sleep diary.",
  },
};
