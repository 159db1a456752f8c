// read as: shared/care/planted.ts
/** Says what it does. */
export function told(): void {}

const own = () => 2;

/** Says what it holds: no docstring is asked of what is not called. */
export const held = { own };

// expect: no-docstring
export function untold(): void {}

// expect: no-docstring
export const untoldToo = () => own();
