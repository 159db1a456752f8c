import type { Context } from "hono";

/** The largest form any page takes, in bytes. */
export const largestFormBytes = 32 * 1024;

export type Form = ReadonlyMap<string, string>;
export type FormProblem = { readonly status: 400 | 413 | 415 };

/**
 * The fields of a sent form, or why it is refused: 413 when it is too large, 415 when it is no form by
 * its type, 400 when it is not text or names a field twice.
 */
export async function readForm(context: Context): Promise<Form | FormProblem> {
  if (Number(context.req.header("content-length") ?? "0") > largestFormBytes)
    return { status: 413 };
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength > largestFormBytes) return { status: 413 };
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return { status: 415 };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const form = new Map<string, string>();
    for (const [name, value] of new URLSearchParams(text)) {
      // Escapes that are no UTF-8 come out as replacement characters.
      if (form.has(name) || value.includes("\uFFFD") || name.includes("\uFFFD"))
        return { status: 400 };
      form.set(name, value);
    }
    return form;
  } catch {
    return { status: 400 };
  }
}

/** True when a form could not be read. */
export function isFormProblem(form: Form | FormProblem): form is FormProblem {
  return "status" in form;
}

/** A submission key as the pages make them. */
export function submissionKey(form: Form): string | undefined {
  const key = form.get("key");
  return key !== undefined && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(key) ? key : undefined;
}
