import { readFileSync, writeFileSync } from 'node:fs';
import { programVersion } from '../../runtime/program-version';
import { asyncApiText } from './asyncapi';

/** What happened, as docs/events.md tells it, by `category.Type`. */
export const summariesIn = (document: string): ReadonlyMap<string, string> => {
  const summaries = new Map<string, string>();
  let category = '';
  for (const line of document.split('\n')) {
    category = /^## `([a-z]+)-/.exec(line)?.[1] ?? category;
    const [, type, happened] = /^\| `(\w+)` \| \d+ \|.*\| ([^|]+) \| [^|]+ \|$/.exec(line) ?? [];
    if (type !== undefined && happened !== undefined) summaries.set(`${category}.${type}`, happened.replaceAll('`', ''));
  }
  return summaries;
};

/** The committed document, written from the code: `npm run asyncapi`. */
export const documentText = (): string => asyncApiText(programVersion(), summariesIn(readFileSync('docs/events.md', 'utf8')));

if (require.main === module) writeFileSync('asyncapi.yaml', documentText());
