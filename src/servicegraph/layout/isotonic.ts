/** Room for rows of up to so many places, used again for every row: thousands of them are placed in a layout. */
interface Scratch {
  offset: Float64Array;
  blockStart: Int32Array;
  blockWeight: Float64Array;
  blockMean: Float64Array;
}

export type RowPlacer = (
  row: { targets: Float64Array; weights: Float64Array; separation: Float64Array; count: number },
  places: Float64Array
) => void;

function blocksOf(
  targets: Float64Array,
  weights: Float64Array,
  count: number,
  { offset, blockStart, blockWeight, blockMean }: Scratch
): number {
  let blocks = 0;
  for (let index = 0; index < count; index++) {
    blockStart[blocks] = index;
    blockWeight[blocks] = weights[index];
    blockMean[blocks] = targets[index] - offset[index];
    blocks++;
    while (blocks > 1 && blockMean[blocks - 2] > blockMean[blocks - 1]) {
      const total = blockWeight[blocks - 2] + blockWeight[blocks - 1];
      blockMean[blocks - 2] =
        (blockMean[blocks - 2] * blockWeight[blocks - 2] + blockMean[blocks - 1] * blockWeight[blocks - 1]) / total;
      blockWeight[blocks - 2] = total;
      blocks--;
    }
  }
  return blocks;
}

/**
 * Places in a row, as near to their targets (least squares) as the separations allow: isotonic regression by
 * pool-adjacent-violators, optimal in one linear pass.
 * @param most places of the longest row
 * @returns writes `places` of the first `count` of a row; `separation`: least distance of place i from place i - 1, the
 *   first is not read
 */
export function rowPlacer(most: number): RowPlacer {
  const scratch: Scratch = {
    offset: new Float64Array(most),
    blockStart: new Int32Array(most),
    blockWeight: new Float64Array(most),
    blockMean: new Float64Array(most),
  };
  const { offset, blockStart, blockMean } = scratch;
  return ({ targets, weights, separation, count }, places) => {
    for (let index = 1; index < count; index++) {
      offset[index] = offset[index - 1] + separation[index];
    }
    const blocks = blocksOf(targets, weights, count, scratch);
    for (let block = 0; block < blocks; block++) {
      const end = block + 1 < blocks ? blockStart[block + 1] : count;
      for (let index = blockStart[block]; index < end; index++) {
        places[index] = blockMean[block] + offset[index];
      }
    }
  };
}
