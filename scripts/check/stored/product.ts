import { join } from "node:path";
import ts from "typescript";

/** Where the code of the product lives: what reads there is a reader; a test or the local run is none. */
const product = /^(shared|workflows|functions)\/[^.]+\.tsx?$/;

/** A field that a stored form declares, with the files of the product that read it. */
export type DeclaredField = {
  readonly path: string;
  readonly readBy: readonly string[];
  /** Where it is declared: `file:line`, the file relative to the project. */
  readonly declaredAt: string;
};

/** One kind of stored item: `care/task`, with all that it may hold. */
export type DeclaredForm = { readonly kind: string; readonly fields: readonly DeclaredField[] };

/** The product as the compiler sees it: what is stored, and who reads which field of it. */
export class Product {
  readonly root: string;
  readonly checker: ts.TypeChecker;
  readonly sources: readonly ts.SourceFile[];
  readonly #readers = new Map<string, Set<string>>();

  /**
   * @param root - the project's folder, absolute
   * @param others - more files to look at, absolute; what they read counts for nothing
   */
  constructor(root: string, others: readonly string[] = []) {
    this.root = root;
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
    const config = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.json"), {}, host);
    if (config === undefined) throw new Error("tsconfig.json cannot be read");
    const own = config.fileNames.filter((name) => product.test(this.relative(name)));
    const program = ts.createProgram([...own, ...others], config.options);
    this.checker = program.getTypeChecker();
    const wanted = new Set([...own, ...others]);
    this.sources = program.getSourceFiles().filter(({ fileName }) => wanted.has(fileName));
    for (const source of this.sources)
      if (product.test(this.relative(source.fileName)))
        this.#visit(source, this.relative(source.fileName));
  }

  relative(fileName: string): string {
    return fileName.replace(`${this.root}/`, "");
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
    if (ts.isPropertyAccessExpression(node)) return this.checker.getSymbolAtLocation(node.name);
    if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return undefined;
    const name = node.propertyName ?? node.name;
    // `{ name: _name, ...rest }` leaves a field out; nobody reads it there.
    const isLeftOut = ts.isIdentifier(node.name) && node.name.text.startsWith("_");
    if (!ts.isIdentifier(name) || isLeftOut || node.dotDotDotToken !== undefined) return undefined;
    return this.checker.getTypeAtLocation(node.parent).getProperty(name.text);
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
    const source = this.sources.find(({ fileName }) => this.relative(fileName) === file);
    if (source !== undefined) visit(source);
    return names;
  }

  /**
   * Every kind of item that is stored: each call of `storedForm`, and of `packedIn` for what an item keeps packed, with
   * the fields of its schema as paths such as `contacts[].by`, whether or not anything was ever stored in them. A map
   * is one field.
   */
  forms(): readonly DeclaredForm[] {
    const found: DeclaredForm[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === "storedForm") {
        const [table, kind, schema] = node.arguments;
        if (table !== undefined && kind !== undefined && schema !== undefined)
          found.push({
            kind: `${literal(table)}/${literal(kind)}`,
            fields: this.#fieldsOf(this.#outputOf(schema)),
          });
      }
      if (ts.isCallExpression(node) && node.expression.getText() === "packedIn") {
        const [form, schema] = node.arguments;
        if (form !== undefined && schema !== undefined)
          found.push({ kind: this.#kindOf(form), fields: this.#fieldsOf(this.#outputOf(schema)) });
      }
      ts.forEachChild(node, visit);
    };
    for (const source of this.sources) visit(source);
    return found;
  }

  /** The kind of item that a form's name stands for, as the call that made it says. */
  #kindOf(form: ts.Expression): string {
    const declaration = this.checker.getSymbolAtLocation(form)?.valueDeclaration;
    const made =
      declaration !== undefined && ts.isVariableDeclaration(declaration)
        ? declaration.initializer
        : undefined;
    const [table, kind] = made !== undefined && ts.isCallExpression(made) ? made.arguments : [];
    if (table === undefined || kind === undefined)
      throw new Error(`${form.getText()} is made by no storedForm beside it`);
    return `${literal(table)}/${literal(kind)}`;
  }

  #outputOf(schema: ts.Expression): ts.Type {
    const output = this.checker.getTypeAtLocation(schema).getProperty("_output");
    if (output === undefined) throw new Error(`${schema.getText()} is no schema`);
    return this.checker.getTypeOfSymbol(output);
  }

  #fieldsOf(type: ts.Type): readonly DeclaredField[] {
    const found = new Map<string, { readBy: Set<string>; declaredAt: string }>();
    this.#collect(type, "", found);
    return [...found].map(([path, { readBy, declaredAt }]) => ({
      path,
      declaredAt,
      readBy: [...readBy].sort(),
    }));
  }

  #collect(
    type: ts.Type,
    path: string,
    found: Map<string, { readBy: Set<string>; declaredAt: string }>,
  ): void {
    for (const property of this.#propertiesOf(type)) {
      const { element, isList } = this.#elementOf(this.checker.getTypeOfSymbol(property));
      const name = path === "" ? property.name : `${path}.${property.name}`;
      if (this.#propertiesOf(element).length > 0) {
        this.#collect(element, isList ? `${name}[]` : name, found);
        continue;
      }
      for (const declaration of property.declarations ?? []) {
        const known = found.get(name) ?? {
          readBy: new Set(),
          declaredAt: this.#placeOf(declaration),
        };
        for (const reader of this.#readers.get(keyOf(declaration)) ?? []) known.readBy.add(reader);
        found.set(name, known);
      }
    }
  }

  #placeOf(declaration: ts.Node): string {
    const source = declaration.getSourceFile();
    const { line } = source.getLineAndCharacterOfPosition(declaration.getStart());
    return `${this.relative(source.fileName)}:${line + 1}`;
  }

  /** The named fields of an object, or of the objects that it may be one of; a map has none. */
  #propertiesOf(type: ts.Type): readonly ts.Symbol[] {
    if (type.isUnion()) return type.types.flatMap((one) => this.#propertiesOf(one));
    if (type.isIntersection()) return this.checker.getPropertiesOfType(type);
    if ((type.flags & ts.TypeFlags.Object) === 0 || this.checker.isArrayLikeType(type)) return [];
    return this.checker.getPropertiesOfType(type);
  }

  #elementOf(type: ts.Type): { readonly element: ts.Type; readonly isList: boolean } {
    const present = this.checker.getNonNullableType(type);
    const element = this.checker.isArrayLikeType(present)
      ? this.checker.getIndexTypeOfType(present, ts.IndexKind.Number)
      : undefined;
    if (element === undefined) return { element: present, isList: false };
    return { element: this.#elementOf(element).element, isList: true };
  }
}

function keyOf(declaration: ts.Node): string {
  return `${declaration.getSourceFile().fileName}:${declaration.pos}`;
}

function literal(node: ts.Expression): string {
  if (ts.isStringLiteral(node)) return node.text;
  throw new Error(`storedForm takes its table and kind as they are written: ${node.getText()}`);
}
