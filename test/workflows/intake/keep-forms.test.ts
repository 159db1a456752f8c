import { describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import { type KeptForms, keepForms } from "../../../workflows/intake/keep-forms.ts";
import { buildContext, buildEpisode, buildState } from "../../builders/state.ts";

function keep(forms: Partial<KeptForms>, scored: Parameters<typeof keepForms>[3] = []) {
  const ctx = buildContext();
  const draft = new Draft(buildState(buildEpisode()), ctx);
  const isForCrisisPage = keepForms(
    draft,
    ctx,
    { unscored: [], problems: [], kept: "", words: [], ...forms },
    scored,
  );
  const items = draft.items();
  return {
    isForCrisisPage,
    alerts: items.filter((item) => item.kind === "escalation"),
    reviews: items.filter((item) => item.kind === "task" && item.taskKind === "clinician-review"),
  };
}

const item9 = (value: number) => ({ instrumentId: "phq-9", answers: { "phq9-9": value } });

describe("forms of a referral that could not be taken as they are", () => {
  it("are read by a clinician, who is told what does not fit in each", () => {
    const { reviews, isForCrisisPage } = keep({
      kept: "PHQ-9: 3 of 9 answered",
      problems: [
        { path: "responses.0.item", problem: "has no answer to six questions" },
        { path: "responses.2.item", problem: "is of another questionnaire" },
      ],
    });
    expect(isForCrisisPage).toBe(false);
    expect(reviews).toMatchObject([
      {
        words:
          "Read the forms that came with the referral. Form 1 has no answer to six questions. Form 3 is of another questionnaire.",
        assignedFunction: "clinician",
        about: { type: "note" },
      },
    ]);
  });

  it("raise the highest answer to a safety question, of several that contradict each other", () => {
    const { alerts, isForCrisisPage } = keep({ unscored: [item9(0), item9(3), item9(1)] });
    expect(isForCrisisPage).toBe(true);
    expect(alerts).toMatchObject([{ tier: "RED" }]);
  });

  it("raise nothing a second time where a form that was scored has raised it", () => {
    const { alerts, isForCrisisPage } = keep({ unscored: [item9(3)] }, [item9(3)]);
    expect(isForCrisisPage).toBe(true);
    expect(alerts).toEqual([]);
    expect(keep({ unscored: [item9(0)] }).isForCrisisPage).toBe(false);
  });
});
