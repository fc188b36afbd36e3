import type { Block, LetterBody } from './letter-body';

const blockAsText = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'code':
      return block.digits;
    case 'details':
      return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n');
    case 'link':
      return `${block.label}:\n${block.url}`;
    case 'list':
      return [`${block.title}:`, ...block.items.map((item) => `- ${item}`)].join('\n');
    case 'quotation':
      return [`${block.title}:`, ...block.text.split('\n').map((line) => `> ${line}`.trimEnd())].join('\n');
  }
};

/** The text part: one empty line between blocks. */
export const renderText = ({ title, blocks }: LetterBody): string => `${[title, ...blocks.map(blockAsText)].join('\n\n')}\n`;
