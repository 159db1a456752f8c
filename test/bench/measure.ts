/** One measured figure with the target it is held against. Benchmarks measure and show; they do not fail. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent where the number is told for what it is: absolute times say little on shared machines. */
  readonly target?: number;
  /** Whether more or less is better. */
  readonly better: "less" | "more";
  readonly note?: string;
};

export function isMet(figure: Figure): boolean {
  const { better, target, value } = figure;
  if (target === undefined) return true;
  return better === "less" ? value <= target : value >= target;
}

export function printFigures(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map((figure) => figure.name.length));
  for (const figure of figures) {
    const sign = figure.better === "less" ? "≤" : "≥";
    const { target } = figure;
    const mark = target === undefined ? "      " : isMet(figure) ? "met   " : "MISSED";
    const aim = target === undefined ? "" : `target ${sign} ${target}`;
    console.log(
      `${mark}  ${figure.name.padEnd(width)}  ${figure.value.toFixed(figure.value < 10 ? 2 : 0).padStart(8)} ${figure.unit.padEnd(16)} ${aim}${figure.note === undefined ? "" : `   (${figure.note})`}`,
    );
  }
  const aimed = figures.filter(({ target }) => target !== undefined);
  console.log(`\n${aimed.filter(isMet).length} of ${aimed.length} targets met.`);
}

/**
 * Milliseconds of processor that this process has used. For work that never waits it is what a clock would
 * show on an idle machine; on a shared one a clock shows the others' work too.
 */
export function cpuMilliseconds(): number {
  const { system, user } = process.cpuUsage();
  return (user + system) / 1000;
}
