import { createContext, Script } from "node:vm";
import { DataLimitError, MAX_VARIABLE_BYTES } from "../data-limit.ts";

/** How long one expression may take where the engine was told nothing else, in milliseconds. */
const USUAL_MAX_EVALUATION_MS = 5000;

/** How deeply the evaluation of one expression may nest: some thousand calls of a function by itself. */
const MAX_NESTED_EVALUATIONS = 10_000;

/** A name that no expression can spell. */
export const GUARD_NAME = "\u0000guard";

/** JSONata calls what is bound to this before it evaluates any part of an expression. */
export const ENTRY_HOOK = Symbol.for("jsonata.__evaluate_entry");

/** JSONata calls what is bound to this after it evaluated any part of an expression. */
export const EXIT_HOOK = Symbol.for("jsonata.__evaluate_exit");

/** Watches over one evaluation: a loop or a recursion without end is ended. */
export class EvaluationGuard {
  readonly maxMs: number;
  readonly #endsAt: number;
  readonly #sizes = new WeakMap<object, number>();
  #depth = 0;

  constructor(maxMs: number = USUAL_MAX_EVALUATION_MS) {
    this.maxMs = maxMs;
    this.#endsAt = performance.now() + maxMs;
  }

  /** @throws Error where the evaluation has taken too long or nests too deeply */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_NESTED_EVALUATIONS) {
      throw new Error("The expression calls itself too often.");
    }
    if (performance.now() > this.#endsAt) throw tooLong(this.maxMs);
    // JSONata tells a regular expression nothing of where it stands.
    latestMaxMs = this.maxMs;
  }

  /**
   * @param value - what the part came to. One that holds the same part many times over is small until it is
   *   written out, and whatever writes it out cannot be ended: so it is refused as soon as it is made.
   * @throws {DataLimitError} where it is more than all variables of an execution may be together
   */
  exit(value: unknown): void {
    this.#depth -= 1;
    if (this.#sizeOf(value) > MAX_VARIABLE_BYTES) throw new DataLimitError("size");
  }

  /** The least number of characters that a value comes to as text. What was counted once is not walked again. */
  #sizeOf(value: unknown): number {
    if (typeof value === "string") return value.length + 1;
    if (typeof value !== "object" || value === null) return 1;
    if ("_jsonata_lambda" in value || "_jsonata_function" in value) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    let size = 1;
    for (const key in value) {
      size += this.#sizeOf(value[key as keyof typeof value]);
      if (!Array.isArray(value)) size += key.length;
    }
    this.#sizes.set(value, size);
    return size;
  }
}

let latestMaxMs = USUAL_MAX_EVALUATION_MS;
const context: { regex?: RegExp; text?: string } = {};
createContext(context);
const search = new Script("regex.exec(text)");

/** A regular expression as JSONata uses it, which is ended where it would search without end. */
export class GuardedRegExp {
  readonly #regex: RegExp;
  readonly #maxMs = latestMaxMs;
  #leftMs = latestMaxMs;

  constructor(regex: RegExp) {
    this.#regex = new RegExp(regex);
  }

  get lastIndex(): number {
    return this.#regex.lastIndex;
  }

  set lastIndex(index: number) {
    this.#regex.lastIndex = index;
  }

  /** @throws Error where the searches of this expression take too long together */
  exec(text: string): RegExpExecArray | null {
    const startedAt = performance.now();
    context.regex = this.#regex;
    context.text = text;
    try {
      const timeout = Math.max(1, Math.ceil(this.#leftMs));
      return search.runInContext(context, { timeout }) as RegExpExecArray | null;
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      throw code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? tooLong(this.#maxMs) : error;
    } finally {
      this.#leftMs -= performance.now() - startedAt;
    }
  }
}

function tooLong(maxMs: number): Error {
  return new Error(`The expression takes longer than ${maxMs / 1000} seconds.`);
}
