/** Levels of lists and maps in an attribute value; deeper ones are refused, as they are read by recursion. */
export const MAX_VALUE_DEPTH = 64;
