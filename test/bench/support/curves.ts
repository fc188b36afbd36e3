import type { Curve } from '../long';

const colours = ['#0969da', '#1a7f37', '#8250df', '#bf8700', '#cf222e', '#57606a', '#e16f24', '#116329'];
const left = 70;
const width = 560;
const top = 44;
const height = 330;

/** Costs over sizes, both on logarithmic axes; a line is the medians, a bar the spread of the rounds. */
export const curvesOf = (curves: readonly Curve[]): string => {
  const points = curves.flatMap(({ points }) => points);
  const sizes = [...new Set(points.map(({ events }) => events))].sort((a, b) => a - b);
  const [first = 1, last = 10] = [sizes[0], sizes.at(-1)];
  const least = 10 ** Math.floor(Math.log10(Math.min(...points.map(({ cost }) => cost.low))));
  const most = 10 ** Math.ceil(Math.log10(Math.max(...points.map(({ cost }) => cost.high))));
  const x = (events: number): string => (left + (width * Math.log(events / first)) / Math.log(last / first || 1)).toFixed(1);
  const y = (cost: number): string => (top + height - (height * Math.log(cost / least)) / Math.log(most / least)).toFixed(1);
  const bottom = top + height;
  const grid: string[] = sizes.map(
    (events) =>
      `<line x1="${x(events)}" y1="${top}" x2="${x(events)}" y2="${bottom}" stroke="#d0d7de"/><text x="${x(events)}" y="${bottom + 18}" text-anchor="middle" fill="#57606a">${events.toLocaleString('en-US')}</text>`,
  );
  for (let cost = least; cost <= most; cost *= 10)
    grid.push(
      `<line x1="${left}" y1="${y(cost)}" x2="${left + width}" y2="${y(cost)}" stroke="#d0d7de"/><text x="${left - 8}" y="${Number(y(cost)) + 4}" text-anchor="end" fill="#57606a">${cost.toLocaleString('en-US')} µs</text>`,
    );
  const drawn = curves.map(({ name, points: its }, index) => {
    const colour = colours[index % colours.length] ?? '#1f2328';
    const line = its.map(({ events, cost }) => `${x(events)},${y(cost.median)}`).join(' ');
    const spreads = its.map(
      ({ events, cost }) =>
        `<line x1="${x(events)}" y1="${y(cost.low)}" x2="${x(events)}" y2="${y(cost.high)}" stroke="${colour}" stroke-width="3"/>`,
    );
    const legend = `<rect x="${left + width + 20}" y="${top + index * 24}" width="14" height="14" fill="${colour}"/><text x="${left + width + 40}" y="${top + 12 + index * 24}" fill="#1f2328">${name}</text>`;
    return `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"/>${spreads.join('')}${legend}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 ${bottom + 40}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="What an append and a calendar query cost as the log grows"><rect width="900" height="${bottom + 40}" fill="#ffffff"/><text x="20" y="22" font-size="15" font-weight="600" fill="#1f2328">Median cost over the number of events in the log (bar: spread of the rounds)</text>${grid.join('')}${drawn.join('')}</svg>\n`;
};
