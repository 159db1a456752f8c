import type { Context } from "hono";

/** The largest form that a page takes without a file, in bytes. */
export const largestFormBytes = 32 * 1024;

export type Form = ReadonlyMap<string, string>;
export type FormProblem = { readonly status: 400 | 413 | 415 };

/**
 * The fields of a sent form, or why it is refused: 413 when it is too large, 415 when it is no form by
 * its type, 400 when it is not text or names a field twice. Where a page takes a file, the file's text is a field like
 * any other; bytes of it that are no UTF-8 stand in it as replacement characters.
 *
 * @param largestFileBytes - how large a file may be, where the page takes one
 */
export async function readForm(
  context: Context,
  largestFileBytes?: number,
): Promise<Form | FormProblem> {
  const largest = largestFormBytes + (largestFileBytes ?? 0);
  if (Number(context.req.header("content-length") ?? "0") > largest) return { status: 413 };
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength > largest) return { status: 413 };
  const type = context.req.header("content-type") ?? "";
  if (largestFileBytes !== undefined && /^multipart\/form-data\s*;/i.test(type))
    return readParts(bytes, type);
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

async function readParts(bytes: ArrayBuffer, type: string): Promise<Form | FormProblem> {
  try {
    const parts = await new Response(bytes, { headers: { "content-type": type } }).formData();
    const form = new Map<string, string>();
    for (const [name, value] of parts) {
      if (form.has(name)) return { status: 400 };
      form.set(name, typeof value === "string" ? value : await value.text());
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
