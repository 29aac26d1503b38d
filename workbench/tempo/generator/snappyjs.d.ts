/** The package has no types of its own. Only what is used here. */
declare module 'snappyjs' {
  export function compress(uncompressed: Uint8Array): Uint8Array<ArrayBuffer>;
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array<ArrayBuffer>;
}
