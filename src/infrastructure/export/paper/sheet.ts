import PDFDocument from 'pdfkit';
import type { Instant } from '../../../domain/kernel/fact';
import { sentences } from '../../phrasing/sentences';
import type { Locale } from '../../../domain/ticket/facts';

/** What the font of the paper surely has: Latin with its marks, Greek, Cyrillic, and the signs that sentences are made with. */
const inTheFont =
  /[\n\u0020-\u007e\u00a0-\u04ff\u1e00-\u1eff\u2010-\u2015\u2018-\u2022\u2026\u2030\u2039\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212\u2264\u2265\ufffd]/u;

/**
 * A text as the paper can show it. What is invisible, turns the direction of writing or is in no font of ours stands there by its number
 * (`<U+202E>`), so that nothing is lost and nothing reads otherwise than it is.
 */
export const printable = (text: string): string => {
  let shown = '';
  for (const character of text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').normalize('NFC')) {
    const code = character.codePointAt(0) ?? 0;
    const isShown = inTheFont.test(character) && code !== 0xad;
    shown += isShown ? character : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  }
  return shown;
};

/** Points of a sheet of A4; its left margin is wide enough for the holes of a file. */
const margins = { top: 56, bottom: 56, left: 71, right: 45 };
const least = 90;
const [ink, grey, bad] = ['#1a1a1a', '#555555', '#9c1c1c'];

type Style = {
  readonly size?: number;
  readonly bold?: true;
  readonly mono?: true;
  readonly colour?: 'grey' | 'bad';
  readonly indent?: number;
};

/** A paper that grows downwards, page by page. */
export type Sheet = {
  text(text: string, style?: Style): void;
  /** `Label: value`, broken over lines and pages where it is long */
  pair(label: string, value: string, indent?: number): void;
  /** a heading, never the last thing of a page; `small`: the same in the other language */
  heading(text: string, small?: string): void;
  space(points: number): void;
  /** Starts another page when so little is left that what follows would begin a page better. */
  keep(points: number): void;
  /** @param foot what stands below each page, from 1 on */
  end(foot: (page: number, of: number) => string): Promise<Buffer>;
};

export type SheetAbout = { readonly title: string; readonly at: Instant; readonly locale: Locale };

const fonts = () => ({
  plain: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  mono: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
});

/** What is in it depends on what is given alone: its date is `at`, and its number is made of its title and date. */
export const openSheet = ({ title, at, locale }: SheetAbout): Sheet => {
  const document = new PDFDocument({
    size: 'A4',
    margins,
    bufferPages: true,
    lang: sentences[locale].frame.languageTag,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, Creator: 'Tichet albastru', Producer: 'Tichet albastru', CreationDate: new Date(at), ModDate: new Date(at) },
  });
  const bytes: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => bytes.push(chunk));
    document.on('end', () => {
      resolve(Buffer.concat(bytes));
    });
    document.on('error', reject);
  });
  for (const [name, file] of Object.entries(fonts())) document.registerFont(name, file);
  const width = document.page.width - margins.left - margins.right;
  const bottom = document.page.height - margins.bottom;
  const keep = (points: number): void => {
    if (document.y + points > bottom) document.addPage();
  };
  const styled = ({ size = 9.5, bold, mono, colour }: Style): void => {
    document.font(mono === true ? 'mono' : bold === true ? 'bold' : 'plain').fontSize(size);
    document.fillColor(colour === undefined ? ink : colour === 'grey' ? grey : bad);
  };
  const text: Sheet['text'] = (words, style = {}) => {
    const { indent = 0 } = style;
    styled(style);
    document.text(printable(words), margins.left + indent, undefined, { width: width - indent, lineGap: 1.5 });
  };
  return {
    text,
    pair: (label, value, indent = 0) => {
      styled({ colour: 'grey' });
      document.text(`${printable(label)}: `, margins.left + indent, undefined, { width: width - indent, lineGap: 1.5, continued: true });
      styled({});
      document.text(printable(value) === '' ? '–' : printable(value), { lineGap: 1.5 });
    },
    heading: (words, small) => {
      keep(least);
      document.moveDown(0.8);
      text(words, { size: 13, bold: true });
      if (small !== undefined) text(small, { size: 8, colour: 'grey' });
      document.moveDown(0.3);
    },
    space: (points) => {
      document.y += points;
    },
    keep,
    end: async (foot) => {
      const { start, count } = document.bufferedPageRange();
      for (let page = start; page < start + count; page += 1) {
        document.switchToPage(page);
        // what stands below the margin must not begin another page
        document.page.margins.bottom = 0;
        styled({ size: 7.5, colour: 'grey' });
        document.text(printable(foot(page - start + 1, count)), margins.left, bottom + 16, { width, lineBreak: false });
      }
      document.end();
      return ended;
    },
  };
};
