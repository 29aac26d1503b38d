export const TRACE_ID_BYTES = 16;
export const SPAN_ID_BYTES = 8;

const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const ZERO_CODE = 48;
const HEX_TEXT = /^(?:[0-9a-f]{2})*$/i;

/** Lower-case hex of `bytes[start, end)`. */
export function hexOf(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let hex = '';
  for (let i = start; i < end; i++) {
    hex += HEX_OF_BYTE[bytes[i]];
  }
  return hex;
}

/** The bytes of an even number of hex digits; undefined when `hex` is anything else. */
export function bytesOfHex(hex: string): Uint8Array | undefined {
  if (!HEX_TEXT.test(hex)) {
    return undefined;
  }
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

export function isZeroId(hex: string): boolean {
  for (let i = 0; i < hex.length; i++) {
    if (hex.charCodeAt(i) !== ZERO_CODE) {
      return false;
    }
  }
  return true;
}

/** A parent id as the model has it: W3C's all-zero id and no id are the same thing. */
export function parentIdOf(hex: string): string {
  return isZeroId(hex) ? '' : hex;
}
