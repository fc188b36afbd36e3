import type { Locale } from '../../../domain/ticket/facts';
import type { Block, LetterBody } from './letter-body';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/gu, (character) => entities[character] ?? '');

// No colour of our own for text and ground: the reader's mail program chooses them, also in the dark.
const styles = {
  body: 'margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5',
  main: 'max-width:600px;margin:0 auto;overflow-wrap:anywhere',
  title: 'font-size:22px;line-height:1.3;margin:0 0 16px',
  subtitle: 'font-size:18px;margin:24px 0 8px',
  code: 'font-size:32px;font-weight:bold;letter-spacing:6px;font-family:Consolas,Menlo,monospace;border:2px solid;border-radius:8px;padding:12px 20px;display:inline-block;margin:8px 0',
  details: 'margin:16px 0;padding:0 0 0 12px;border-left:4px solid',
  value: 'margin:0 0 8px;font-weight:bold',
  quotation: 'margin:8px 0 16px;padding:0 0 0 12px;border-left:4px solid',
};

const withBreaks = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>\n');

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
      return `<p>${escapeHtml(block.label)}:<br>\n<a href="${escapeHtml(block.url)}">${escapeHtml(block.url)}</a></p>`;
    case 'list': {
      const items = block.items.map((item) => `<li>${escapeHtml(item)}</li>`);
      return `<h2 style="${styles.subtitle}">${escapeHtml(block.title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
    }
    case 'quotation':
      return `<h2 style="${styles.subtitle}">${escapeHtml(block.title)}</h2>\n<blockquote dir="auto" style="${styles.quotation}">${withBreaks(block.text)}</blockquote>`;
  }
};

/** The HTML part: nothing from outside, no tables, headings and lists that a screen reader can walk through. */
export const renderHtml = ({ subject, title, blocks }: LetterBody, locale: Locale): string =>
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
    `<h1 style="${styles.title}">${escapeHtml(title)}</h1>`,
    ...blocks.map(blockAsHtml),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
