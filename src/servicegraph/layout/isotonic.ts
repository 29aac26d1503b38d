/**
 * Places in a row, as near to their targets (least squares) as the separations allow: isotonic regression by
 * pool-adjacent-violators, optimal in one linear pass.
 * @param separation least distance of place i from place i - 1; the first is not read
 */
export function placeInOrder(targets: Float64Array, weights: Float64Array, separation: Float64Array): Float64Array {
  const count = targets.length;
  const offset = new Float64Array(count);
  for (let index = 1; index < count; index++) {
    offset[index] = offset[index - 1] + separation[index];
  }
  const blockStart = new Int32Array(count);
  const blockWeight = new Float64Array(count);
  const blockMean = new Float64Array(count);
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
  const places = new Float64Array(count);
  for (let block = 0; block < blocks; block++) {
    const end = block + 1 < blocks ? blockStart[block + 1] : count;
    for (let index = blockStart[block]; index < end; index++) {
      places[index] = blockMean[block] + offset[index];
    }
  }
  return places;
}
