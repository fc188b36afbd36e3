import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';
import type { Crest } from './crest';
import type { Block, LetterBody } from './letter-body';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/gu, (character) => entities[character] ?? '');

// No colour of our own for text and ground: the reader's mail program chooses them, also in the dark. The one button brings both of its own,
// which are told apart on any ground; nothing comes from outside, so that a letter is whole where pictures are not shown.
const blue = '#0a4ea3';
const styles = {
  office: `margin:0 0 24px;padding:0 0 8px;border-bottom:4px solid ${blue};overflow:hidden`,
  crest: 'float:right;margin:0 0 8px 16px',
  service: 'font-size:18px;font-weight:bold',
  button: `display:inline-block;padding:12px 24px;border-radius:8px;background:${blue};color:#ffffff;font-weight:bold;text-decoration:none`,
  address: 'font-size:14px',
  body: 'margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5',
  main: 'max-width:600px;margin:0 auto;overflow-wrap:anywhere',
  title: 'font-size:22px;line-height:1.3;margin:0 0 16px',
  subtitle: 'font-size:18px;margin:24px 0 8px',
  code: 'font-size:32px;font-weight:bold;letter-spacing:6px;font-family:Consolas,Menlo,monospace;border:2px solid;border-radius:8px;padding:12px 20px;display:inline-block;margin:8px 0',
  details: 'margin:16px 0;padding:0 0 0 12px;border-left:4px solid',
  value: 'margin:0 0 8px;font-weight:bold',
  quotation: 'margin:8px 0 16px;padding:0 0 0 12px;border-left:4px solid',
};

/** Pixels, as tall as the two lines beside it. */
const crestHeight = 48;
/** The crest, and the id of the part of the letter that it is. */
type ShownCrest = Crest & { readonly id: string };

const withBreaks = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>\n');

type Link = Extract<Block, { readonly kind: 'link' }>;
const linkAsHtml = ({ label, url }: Link): string =>
  `<p>${escapeHtml(label)}:<br>\n<a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`;
/** What there is to do: a button, and beneath it the address to which it leads, for a reader who looks before the click. */
const buttonAsHtml = ({ label, url }: Link): string => {
  const href = escapeHtml(url);
  const button = `<a href="${href}" style="${styles.button}">${escapeHtml(label)}</a>`;
  return `<p>${button}<br>\n<span style="${styles.address}"><a href="${href}">${href}</a></span></p>`;
};

const blockAsHtml = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${withBreaks(block.text)}</p>`;
    case 'code':
      return `<p style="${styles.code}">${escapeHtml(block.digits)}</p>`;
    case 'details': {
      const rows = block.rows.map(
        ([label, value]) => `<dt>${escapeHtml(label)}</dt>\n<dd dir="auto" style="${styles.value}">${escapeHtml(value)}</dd>`,
      );
      return `<dl style="${styles.details}">\n${rows.join('\n')}\n</dl>`;
    }
    case 'link':
      return linkAsHtml(block);
    case 'list': {
      const items = block.items.map((item) => `<li>${escapeHtml(item)}</li>`);
      return `<h2 style="${styles.subtitle}">${escapeHtml(block.title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
    }
    case 'quotation':
      return `<h2 style="${styles.subtitle}">${escapeHtml(block.title)}</h2>\n<blockquote dir="auto" style="${styles.quotation}">${withBreaks(block.text)}</blockquote>`;
  }
};

/** The crest stands for nothing that the words beside it do not say, so it has no text of its own. */
const crestAsHtml = ({ id, width, height }: ShownCrest): string => {
  const wide = Math.round((width / height) * crestHeight);
  return `<img src="cid:${escapeHtml(id)}" alt="" width="${String(wide)}" height="${String(crestHeight)}" style="${styles.crest}">`;
};

/** Whose letter it is. */
const officeAsHtml = (locale: Locale, crest: ShownCrest | undefined): string => {
  const { service, office } = sentences[locale].letters.all;
  return `<p style="${styles.office}">${crest === undefined ? '' : crestAsHtml(crest)}<span style="${styles.service}">${escapeHtml(service)}</span><br>\n${escapeHtml(office)}</p>`;
};

/** The first link is the one to follow; those after it are for looking up. */
const blocksAsHtml = (blocks: readonly Block[]): readonly string[] => {
  const first = blocks.findIndex(({ kind }) => kind === 'link');
  return blocks.map((block, place) => (block.kind === 'link' && place === first ? buttonAsHtml(block) : blockAsHtml(block)));
};

/** The HTML part: the city hall, the title, one button; nothing from outside, no tables, headings and lists that a screen reader can walk through. */
export const renderHtml = ({ subject, title, blocks }: LetterBody, locale: Locale, crest?: ShownCrest): string =>
  [
    '<!doctype html>',
    `<html lang="${locale}" dir="ltr">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(subject)}</title>`,
    '</head>',
    `<body style="${styles.body}">`,
    `<main style="${styles.main}">`,
    officeAsHtml(locale, crest),
    `<h1 style="${styles.title}">${escapeHtml(title)}</h1>`,
    ...blocksAsHtml(blocks),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
