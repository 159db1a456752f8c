import ts from "typescript";

/** Where the code of the product lives: what reads there is a reader; a test or the local run is none. */
const product = /\/(shared|workflows|functions)\/[^.]+\.ts$/;

/** A field that a stored type declares, with the files of the product that read it. */
export type DeclaredField = { readonly path: string; readonly readBy: readonly string[] };

/** The product as the compiler sees it: who reads which field of which type. */
export class Product {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #readers = new Map<string, Set<string>>();

  constructor() {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
    const config = ts.getParsedCommandLineOfConfigFile("tsconfig.json", {}, host);
    if (config === undefined) throw new Error("tsconfig.json cannot be read");
    const files = config.fileNames.filter((name) => product.test(`/${relative(name)}`));
    this.#program = ts.createProgram(files, config.options);
    this.#checker = this.#program.getTypeChecker();
    for (const source of this.#program.getSourceFiles())
      if (files.includes(source.fileName)) this.#visit(source, relative(source.fileName));
  }

  #visit(node: ts.Node, file: string): void {
    for (const declaration of this.#read(node)?.declarations ?? []) {
      const known = this.#readers.get(keyOf(declaration)) ?? new Set<string>();
      known.add(file);
      this.#readers.set(keyOf(declaration), known);
    }
    ts.forEachChild(node, (child) => this.#visit(child, file));
  }

  /** The property that this node reads: by `.name`, or by taking an object apart. */
  #read(node: ts.Node): ts.Symbol | undefined {
    if (ts.isPropertyAccessExpression(node)) return this.#checker.getSymbolAtLocation(node.name);
    if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return undefined;
    const name = node.propertyName ?? node.name;
    // `{ name: _name, ...rest }` leaves a field out; nobody reads it there.
    const isLeftOut = ts.isIdentifier(node.name) && node.name.text.startsWith("_");
    if (!ts.isIdentifier(name) || isLeftOut || node.dotDotDotToken !== undefined) return undefined;
    return this.#checker.getTypeAtLocation(node.parent).getProperty(name.text);
  }

  /** The names of all fields that a file reads, of whatever type: by name, apart, or as `["name"]`. */
  namesReadIn(file: string): ReadonlySet<string> {
    const names = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node)) names.add(node.name.text);
      if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression))
        names.add(node.argumentExpression.text);
      if (ts.isBindingElement(node)) names.add((node.propertyName ?? node.name).getText());
      // `Reflect.get(facts, "name")`, and the attribute that a condition of a write looks at.
      if (ts.isStringLiteral(node)) names.add(node.text);
      ts.forEachChild(node, visit);
    };
    const source = this.#program
      .getSourceFiles()
      .find(({ fileName }) => relative(fileName) === file);
    if (source !== undefined) visit(source);
    return names;
  }

  /**
   * The fields of a type that holds what is stored, as paths such as `contacts[].by`, whether or not
   * anything was ever stored in them. Types of the same file are followed; a map is one field.
   */
  fieldsOf(file: string, typeName: string): readonly DeclaredField[] {
    const source = this.#program
      .getSourceFiles()
      .find(({ fileName }) => relative(fileName) === file);
    const aliases = new Map<string, ts.TypeNode>();
    for (const statement of source?.statements ?? [])
      if (ts.isTypeAliasDeclaration(statement)) aliases.set(statement.name.text, statement.type);
    const root = aliases.get(typeName);
    if (root === undefined) throw new Error(`${file} declares no type ${typeName}`);
    const found = new Map<string, Set<string>>();
    this.#collect(root, "", aliases, found);
    return [...found].map(([path, readBy]) => ({ path, readBy: [...readBy].sort() }));
  }

  #collect(
    type: ts.TypeNode,
    path: string,
    aliases: ReadonlyMap<string, ts.TypeNode>,
    found: Map<string, Set<string>>,
  ): void {
    for (const member of membersOf(type, aliases)) {
      if (member.type === undefined || !ts.isIdentifier(member.name)) continue;
      const { element, isList } = elementOf(member.type);
      const name = path === "" ? member.name.text : `${path}.${member.name.text}`;
      const inner = isList ? `${name}[]` : name;
      if (membersOf(element, aliases).length > 0) this.#collect(element, inner, aliases, found);
      else {
        const known = found.get(name) ?? new Set<string>();
        for (const reader of this.#readers.get(keyOf(member)) ?? []) known.add(reader);
        found.set(name, known);
      }
    }
  }
}

function relative(fileName: string): string {
  return fileName.replace(`${process.cwd()}/`, "");
}

function keyOf(declaration: ts.Node): string {
  return `${declaration.getSourceFile().fileName}:${declaration.pos}`;
}

function elementOf(type: ts.TypeNode): { readonly element: ts.TypeNode; readonly isList: boolean } {
  if (ts.isTypeOperatorNode(type) || ts.isParenthesizedTypeNode(type)) return elementOf(type.type);
  if (ts.isArrayTypeNode(type))
    return { element: elementOf(type.elementType).element, isList: true };
  return { element: type, isList: false };
}

function membersOf(
  type: ts.TypeNode,
  aliases: ReadonlyMap<string, ts.TypeNode>,
): readonly ts.PropertySignature[] {
  if (ts.isTypeLiteralNode(type)) return type.members.filter(ts.isPropertySignature);
  if (ts.isIntersectionTypeNode(type) || ts.isUnionTypeNode(type))
    return type.types.flatMap((one) => membersOf(one, aliases));
  if (ts.isTypeOperatorNode(type) || ts.isParenthesizedTypeNode(type))
    return membersOf(type.type, aliases);
  if (!ts.isTypeReferenceNode(type)) return [];
  const name = type.typeName.getText();
  const [first] = type.typeArguments ?? [];
  if (name === "Partial" && first !== undefined) return membersOf(first, aliases);
  const alias = aliases.get(name);
  return alias === undefined ? [] : membersOf(alias, aliases);
}
