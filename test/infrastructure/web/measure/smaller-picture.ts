import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
/** One byte a point. */
const mostColours = 256;

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return frame;
};

const chunksOf = (png: Buffer): ReadonlyMap<string, Buffer> => {
  const found = new Map<string, Buffer>();
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    found.set(type, Buffer.concat([found.get(type) ?? Buffer.alloc(0), data]));
    at += length + 12;
  }
  return found;
};

/** The prediction of PNG's filter 4 (Paeth): whichever neighbour is nearest to left + above − corner. */
const nearestOf = (left: number, above: number, corner: number): number => {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
};

/** Undoes the filters of PNG: each line was kept as what differs from its neighbours. */
const pointsOf = (raw: Buffer, lineBytes: number, pointBytes: number, lines: number): Buffer => {
  const points = Buffer.alloc(lineBytes * lines);
  for (let line = 0; line < lines; line += 1) {
    const filter = raw[line * (lineBytes + 1)] ?? 0;
    for (let n = 0; n < lineBytes; n += 1) {
      const at = line * lineBytes + n;
      const left = n < pointBytes ? 0 : (points[at - pointBytes] ?? 0);
      const above = line === 0 ? 0 : (points[at - lineBytes] ?? 0);
      const corner = n < pointBytes || line === 0 ? 0 : (points[at - lineBytes - pointBytes] ?? 0);
      const foretold = [0, left, above, (left + above) >> 1, nearestOf(left, above, corner)][filter] ?? 0;
      points[at] = ((raw[line * (lineBytes + 1) + 1 + n] ?? 0) + foretold) & 255;
    }
  }
  return points;
};

const distance = (a: number, b: number): number =>
  Math.abs((a >> 16) - (b >> 16)) + Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) + Math.abs((a & 255) - (b & 255));

/** The most frequent colours stay; every other becomes the one that is nearest. */
const paletteOf = (colours: Uint32Array): { readonly palette: readonly number[]; readonly indexOf: ReadonlyMap<number, number> } => {
  const times = new Map<number, number>();
  for (const colour of colours) times.set(colour, (times.get(colour) ?? 0) + 1);
  const byTimes = [...times].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  const palette = byTimes.slice(0, mostColours);
  const nearest = (colour: number): number => {
    let best = 0;
    for (let index = 1; index < palette.length; index += 1)
      if (distance(palette[index] ?? 0, colour) < distance(palette[best] ?? 0, colour)) best = index;
    return best;
  };
  return { palette, indexOf: new Map(byTimes.map((colour, index) => [colour, index < mostColours ? index : nearest(colour)])) };
};

/** The same picture of a page in 256 colours: a third of the bytes, and nobody sees it on flat colours. */
export const smallerPicture = (png: Buffer): Buffer => {
  const chunks = chunksOf(png);
  const header = chunks.get('IHDR');
  const data = chunks.get('IDAT');
  if (header === undefined || data === undefined) throw new Error('This is no picture in PNG.');
  const [width, height, pointBytes] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 6 ? 4 : 3];
  const points = pointsOf(inflateSync(data), width * pointBytes, pointBytes, height);
  const colours = Uint32Array.from({ length: width * height }, (_, n) => points.readUIntBE(n * pointBytes, 3));
  const { palette, indexOf } = paletteOf(colours);
  const lines = Buffer.alloc((width + 1) * height);
  for (let n = 0; n < colours.length; n += 1) lines[n + Math.floor(n / width) + 1] = indexOf.get(colours[n] ?? 0) ?? 0;
  const head = Buffer.from(header);
  head[9] = 3;
  const colourBytes = Buffer.alloc(palette.length * 3);
  for (const [index, colour] of palette.entries()) colourBytes.writeUIntBE(colour, index * 3, 3);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', colourBytes),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
