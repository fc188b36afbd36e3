import { programVersion } from '../../src/infrastructure/runtime/program-version';
import { markdownFiles, read, withoutCode } from './markdown';

type Manifest = { readonly version: string };
const { version } = JSON.parse(read('package.json')) as Manifest;

/** Versions since which something holds, as a document says. */
const sinceIn = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/\bsince (?:version )?(\d+\.\d+\.\d+)\b/giu)].map(([, named = '']) => named);
/** Versions that the change log tells of, newest first. */
const toldIn = (log: string): readonly string[] => [...log.matchAll(/^## (\S+)/gmu)].map(([, named = '']) => named);

describe('the version', () => {
  it('is the same wherever it stands', () => {
    const lock = JSON.parse(read('package-lock.json')) as Manifest & { readonly packages: Readonly<Record<string, Manifest>> };
    const asyncapi = /^ {2}version: "([^"]+)"/mu.exec(read('asyncapi.yaml'))?.[1];
    expect([programVersion, lock.version, lock.packages['']?.version, asyncapi]).toEqual([version, version, version, version]);
  });

  it('is told of in the change log, and so is every one that a document names', () => {
    const told = toldIn(read('CHANGELOG.md'));
    expect(told).toContain(version);
    const unknown = (path: string, text: string) => sinceIn(text).flatMap((named) => (told.includes(named) ? [] : [`${path}: ${named}`]));
    expect(markdownFiles().flatMap((path) => unknown(path, read(path)))).toEqual([]);
    // and one that is not would be seen
    expect(unknown('a', 'Since 9.9.9 nobody does; since version 9.9.8 somebody.')).toEqual(['a: 9.9.9', 'a: 9.9.8']);
    expect(sinceIn(read('docs/api.md'))).not.toEqual([]);
  });
});

/** Examples of `tichet token` that make one, and name nobody. */
const namelessIn = (text: string): readonly string[] =>
  [...text.matchAll(/tichet token [^`\n]*--role[^`\n]*/gu)]
    .map(([line]) => line)
    .filter((line) => !/--(?:person|staff|service)\b/u.test(line));

it('examples of tokens in the documents name who they are of', () => {
  expect(markdownFiles().flatMap((path) => namelessIn(read(path)).map((line) => `${path}: ${line}`))).toEqual([]);
  expect(namelessIn('`tichet token --role admin`')).toEqual(['tichet token --role admin']);
});
