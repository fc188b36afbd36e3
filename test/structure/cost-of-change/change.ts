import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One edit by hand: a new file, or something put behind or instead of words that stand once in a file. */
export type Edit =
  | { readonly file: string; readonly create: string }
  | { readonly file: string; readonly after: string; readonly put: string }
  | { readonly file: string; readonly instead: string; readonly put: string };

/** A change as somebody makes it: every file that is edited by hand, tests and documents among them. What is written by generators is not. */
export type Change = {
  readonly name: string;
  /** how many files it may take */
  readonly budget: number;
  readonly edits: readonly Edit[];
};

export const filesOf = ({ edits }: Change): readonly string[] => [...new Set(edits.map(({ file }) => file))];

/** What is too much of a change; nothing when it is within its budget. */
export const excess = (change: Change): readonly string[] => filesOf(change).slice(change.budget);

const edited = (text: string, edit: Exclude<Edit, { readonly create: string }>): string => {
  const anchor = 'after' in edit ? edit.after : edit.instead;
  const [before, behind, more] = text.split(anchor);
  if (before === undefined || behind === undefined || more !== undefined) {
    throw new Error(`${edit.file} has this ${behind === undefined ? 'no more' : 'more than once'}: ${anchor}`);
  }
  return `${before}${'after' in edit ? anchor : ''}${edit.put}${behind}`;
};

/** Makes the change in a tree. */
export const make = (tree: string, { edits }: Change): void => {
  for (const edit of edits) {
    const path = join(tree, edit.file);
    if ('create' in edit) {
      if (existsSync(path)) throw new Error(`${edit.file} is there already.`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, edit.create);
    } else writeFileSync(path, edited(readFileSync(path, 'utf8'), edit));
  }
};
