/**
 * True for the rules of the PHQ-9's ninth question: the one whose answers join what a clinician assessed in the last
 * days. An answer to another question, whatever its number, says nothing about that assessment.
 * @param rule - code of an alert's rule, such as `phq-9.phq9-9.ORANGE`
 */
export function isAboutItem9(rule: string): boolean {
  return /^phq-9[./]phq9-9(\.|$)/.test(rule);
}
