/** One measured figure with the target it is held against. Benchmarks measure and show; they do not fail. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number;
  /** Whether more or less is better. */
  readonly better: "less" | "more";
  readonly note?: string;
};

export function isMet(figure: Figure): boolean {
  return figure.better === "less" ? figure.value <= figure.target : figure.value >= figure.target;
}

export function printFigures(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map((figure) => figure.name.length));
  for (const figure of figures) {
    const sign = figure.better === "less" ? "≤" : "≥";
    const mark = isMet(figure) ? "met   " : "MISSED";
    console.log(
      `${mark}  ${figure.name.padEnd(width)}  ${figure.value.toFixed(figure.value < 10 ? 2 : 0).padStart(8)} ${figure.unit.padEnd(16)} target ${sign} ${figure.target}${figure.note === undefined ? "" : `   (${figure.note})`}`,
    );
  }
  const missed = figures.filter((figure) => !isMet(figure)).length;
  console.log(`\n${figures.length - missed} of ${figures.length} targets met.`);
}
