const mostSteps = 5;

/** The axis of a chart: round numbers from 0 to one that is not below the greatest value. */
export type Scale = { readonly ticks: readonly number[]; readonly greatest: number };

/** Steps of 1, 2 or 5 times a power of ten: whole numbers, for whole things are counted. */
export const scaleFor = (values: readonly number[]): Scale => {
  const wanted = values.reduce((greatest, value) => Math.max(greatest, value), 1);
  const power = 10 ** Math.floor(Math.log10(wanted / mostSteps));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((one) => one * mostSteps >= wanted) ?? wanted);
  const ticks: number[] = [];
  for (let tick = 0; tick < wanted + step; tick += step) ticks.push(Math.round(tick));
  return { ticks, greatest: ticks.at(-1) ?? step };
};
