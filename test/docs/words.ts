import { markdownFiles, read } from './markdown';

/** What readers of documents have to read: not the change log, not the list of the standard, and nothing that a command writes anew. */
const isCounted = (path: string): boolean =>
  /^(?:README|CONTRIBUTING|SECURITY)\.md$|^docs\/|^(?:deploy|packages|examples)\/(?:.*\/)?README\.md$/.test(path) &&
  path !== 'docs/security/asvs.md';

const generated = /<!-- generated(?<name>[^>]*) -->[\s\S]*?<!-- \/generated\k<name> -->/g;

export const withoutGenerated = (text: string): string => text.replaceAll(generated, '');

export const wordsIn = (text: string): number =>
  withoutGenerated(text)
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** The words of each document that is counted. */
export const wordsOfDocuments = (): ReadonlyMap<string, number> =>
  new Map(
    markdownFiles()
      .filter(isCounted)
      .map((path) => [path, wordsIn(read(path))]),
  );
