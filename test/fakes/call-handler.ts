/** Calls a handler with whatever a trigger may hand it, as Lambda does: its types promise nothing there. */
export async function callHandler(
  handler: (...input: never[]) => unknown,
  event: unknown,
  context: { readonly functionName?: string; readonly awsRequestId?: string } = {},
): Promise<unknown> {
  return await Reflect.apply(handler, undefined, [event, context]);
}
