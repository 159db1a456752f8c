/** The part of `asl-validator` that is used; the package ships no types. */
declare module "asl-validator" {
  export function validator(definition: object): {
    readonly isValid: boolean;
    readonly errors: readonly unknown[];
    errorsText(separator?: string): string;
  };
  export default validator;
}
