// expect: TS2322
export const weeks: number = "six";

// expect: TS7006
export const untyped = (value) => String(value);

const hours: readonly number[] = [9, 12, 15];
// expect: TS2532
export const first: string = hours[0].toFixed(1);

interface Hold {
  readonly reason?: string;
}
// expect: TS2375
export const hold: Hold = { reason: undefined };

// expect: TS1294
export enum Channel {
  Email = "email",
}

export class Base {
  close(): void {}
}
export class Derived extends Base {
  // expect: TS4114
  close(): void {}
}

// expect: TS6133
const unused = 1;
