/** Waits a moment of real time before another try. */
export interface Pause {
  milliseconds(count: number): Promise<void>;
}
