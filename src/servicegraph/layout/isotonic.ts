export type RowPlacer = (
  row: { targets: Float64Array; weights: Float64Array; separation: Float64Array; count: number },
  places: Float64Array
) => void;

/**
 * Places in a row, as near to their targets (least squares) as the separations allow: isotonic regression by
 * pool-adjacent-violators, optimal in one linear pass. The room that it needs is used again for every row, as thousands
 * of them are placed in a layout.
 * @param most places of the longest row
 * @param reach furthest place on either side of 0; no row may need more room than that
 * @returns writes `places` of the first `count` of a row; `separation`: least distance of place i from place i - 1, the
 *   first is not read
 */
export function rowPlacer(most: number, reach = Infinity): RowPlacer {
  const offset = new Float64Array(most);
  const start = new Int32Array(most);
  const weight = new Float64Array(most);
  const mean = new Float64Array(most);
  return ({ targets, weights, separation, count }, places) => {
    // Blocks of places that stand as close to each other as they may
    let blocks = 0;
    for (let index = 0; index < count; index++) {
      offset[index] = index > 0 ? offset[index - 1] + separation[index] : 0;
      start[blocks] = index;
      weight[blocks] = weights[index];
      mean[blocks] = targets[index] - offset[index];
      blocks++;
      while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
        blocks--;
        const above = blocks - 1;
        const total = weight[above] + weight[blocks];
        mean[above] = (mean[above] * weight[above] + mean[blocks] * weight[blocks]) / total;
        weight[above] = total;
      }
    }
    for (let block = 0; block < blocks; block++) {
      const end = block + 1 < blocks ? start[block + 1] : count;
      const first = Math.max(-reach, Math.min(mean[block], reach - offset[count - 1]));
      for (let index = start[block]; index < end; index++) {
        places[index] = first + offset[index];
      }
    }
  };
}
