import type { Child } from "hono/jsx";

/** A form that posts; its key makes a second sending of the same page count once. */
export function Form({
  action,
  submissionKey,
  hidden = {},
  takesFile = false,
  children,
}: {
  /** Where it goes; back to the page's own address where it is left out. */
  readonly action?: string | undefined;
  readonly submissionKey?: string | undefined;
  /** What goes along unseen. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly takesFile?: boolean;
  readonly children: Child;
}) {
  return (
    <form
      method="post"
      action={action}
      enctype={takesFile ? "multipart/form-data" : undefined}
      novalidate
    >
      {submissionKey === undefined ? null : (
        <input type="hidden" name="key" value={submissionKey} />
      )}
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
