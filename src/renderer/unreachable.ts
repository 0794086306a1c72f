/** The end of a switch that has answered every case: the compiler refuses it where one is missing. */
export function unreachable(value: never): never {
  throw new TypeError(`Unexpected value: ${String(value)}`);
}
