/** One import: both paths relative to the project. */
export type Import = { readonly from: string; readonly to: string };

/**
 * Finds folders that import each other in a circle, at every level: among the folders of one parent, each
 * with all that lies below it. A circle of folders is a map that has no order to read it in, even where no
 * two files import each other. Files that lie in the parent itself put its folders together and do not count.
 * @returns one sentence a circle, with an import for each arrow of it
 */
export function findFolderCircles(imports: readonly Import[]): readonly string[] {
  const parents = new Set<string>([""]);
  for (const { from } of imports) {
    const parts = from.split("/").slice(0, -1);
    parts.forEach((_part, index) => {
      parents.add(`${parts.slice(0, index + 1).join("/")}/`);
    });
  }
  return [...parents].sort().flatMap((parent) => circlesBelow(parent, imports));
}

/** The folder of the parent that holds the file; `undefined` for the parent's own files and others'. */
function childOf(parent: string, path: string): string | undefined {
  if (!path.startsWith(parent)) return undefined;
  const rest = path.slice(parent.length);
  return rest.includes("/") ? `${parent}${rest.slice(0, rest.indexOf("/"))}` : undefined;
}

function circlesBelow(parent: string, imports: readonly Import[]): string[] {
  const arrows = new Map<string, Map<string, Import>>();
  for (const one of imports) {
    const from = childOf(parent, one.from);
    const to = childOf(parent, one.to);
    if (from === undefined || to === undefined || from === to) continue;
    const known = arrows.get(from) ?? new Map<string, Import>();
    if (!known.has(to)) known.set(to, one);
    arrows.set(from, known);
  }
  const circles: string[] = [];
  const told = new Set<string>();
  for (const start of [...arrows.keys()].sort()) {
    const way = wayBack(start, arrows);
    if (way === undefined) continue;
    const name = [...way].sort().join(" ");
    if (told.has(name)) continue;
    told.add(name);
    const steps = way.map((folder, index) => {
      const next = way[(index + 1) % way.length] ?? folder;
      const example = arrows.get(folder)?.get(next);
      return `    ${folder} → ${next} (${example?.from} imports ${example?.to})`;
    });
    circles.push(`folders in a circle: ${[...way, start].join(" → ")}\n${steps.join("\n")}`);
  }
  return circles;
}

/** The shortest way from a folder back to itself. */
function wayBack(
  start: string,
  arrows: ReadonlyMap<string, ReadonlyMap<string, Import>>,
): readonly string[] | undefined {
  const seen = new Set<string>();
  const ways: (readonly string[])[] = [[start]];
  for (const way of ways) {
    for (const next of arrows.get(way.at(-1) ?? start)?.keys() ?? []) {
      if (next === start) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}
