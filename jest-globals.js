// jsdom lacks what browsers and Node both have.
const { TextEncoder, TextDecoder } = require('node:util');
Object.assign(globalThis, { TextEncoder, TextDecoder });

// jsdom draws nothing, and has no paths either.
globalThis.Path2D ??= class Path2D {};
