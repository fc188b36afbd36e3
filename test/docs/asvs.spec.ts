import { deadLinks, read, rows } from './markdown';

/** OWASP ASVS 5.0.0: of each section its requirements in their order, each by its level. */
const levels: Readonly<Record<string, string>> = {
  'V1.1': '22',
  'V1.2': '1111122223',
  'V1.3': '112222222223',
  'V1.4': '222',
  'V1.5': '123',
  'V2.1': '122',
  'V2.2': '112',
  'V2.3': '12223',
  'V2.4': '23',
  'V3.1': '3',
  'V3.2': '113',
  'V3.3': '12223',
  'V3.4': '11222233',
  'V3.5': '11122333',
  'V3.6': '3',
  'V3.7': '22333',
  'V4.1': '12233',
  'V4.2': '23333',
  'V4.3': '22',
  'V4.4': '1222',
  'V5.1': '2',
  'V5.2': '112333',
  'V5.3': '113',
  'V5.4': '222',
  'V6.1': '122',
  'V6.2': '111111112222',
  'V6.3': '11223333',
  'V6.4': '112233',
  'V6.5': '22222333',
  'V6.6': '2223',
  'V6.7': '33',
  'V6.8': '2222',
  'V7.1': '222',
  'V7.2': '1111',
  'V7.3': '22',
  'V7.4': '11222',
  'V7.5': '223',
  'V7.6': '22',
  'V8.1': '1233',
  'V8.2': '1123',
  'V8.3': '133',
  'V8.4': '23',
  'V9.1': '111',
  'V9.2': '1222',
  'V10.1': '22',
  'V10.2': '223',
  'V10.3': '22223',
  'V10.4': '1111122222233333',
  'V10.5': '22222',
  'V10.6': '22',
  'V10.7': '222',
  'V11.1': '2233',
  'V11.2': '22233',
  'V11.3': '11233',
  'V11.4': '1222',
  'V11.5': '23',
  'V11.6': '23',
  'V11.7': '33',
  'V12.1': '12233',
  'V12.2': '11',
  'V12.3': '22223',
  'V13.1': '2333',
  'V13.2': '222223',
  'V13.3': '2233',
  'V13.4': '1222233',
  'V14.1': '22',
  'V14.2': '12223333',
  'V14.3': '122',
  'V15.1': '12233',
  'V15.2': '12233',
  'V15.3': '1222222',
  'V15.4': '3333',
  'V16.1': '2',
  'V16.2': '22222',
  'V16.3': '2222',
  'V16.4': '222',
  'V16.5': '2223',
  'V17.1': '23',
  'V17.2': '22223333',
  'V17.3': '22',
};
const wanted = Object.entries(levels).flatMap(([section, each]) =>
  Array.from(each, (level, index) => ({ id: `${section}.${index + 1}`, level })).filter(({ level }) => level !== '3'),
);
const path = 'docs/security/asvs.md';
const verdicts = ['met', 'partly', 'not met', 'operator', 'n/a'];

const linesOf = (page: string) =>
  rows(page).flatMap(([id = '', level = '', , verdict = '', why = '']) => (/^V\d/.test(id) ? [{ id, level, verdict, why }] : []));
/** What is wrong with the page. */
const faultsOf = (page: string): readonly string[] => {
  const lines = linesOf(page);
  const told = lines.map(({ id, level }) => `${id} ${level}`);
  const expected = wanted.map(({ id, level }) => `${id} ${level}`);
  return [
    ...expected.filter((line) => !told.includes(line)).map((line) => `left out: ${line}`),
    ...told.filter((line, index) => !expected.includes(line) || told.indexOf(line) !== index).map((line) => `too much: ${line}`),
    ...lines.filter(({ verdict, why }) => !verdicts.includes(verdict) || why === '').map(({ id }) => `no verdict: ${id}`),
    ...deadLinks(path, page).map((link) => `leads nowhere: ${link}`),
    // what the count at the top says
    ...(rows(page.slice(0, page.indexOf('\n## ')))[0]?.join() ===
    verdicts.map((one) => lines.filter(({ verdict }) => verdict === one).length).join()
      ? []
      : ['counts']),
  ];
};

describe(path, () => {
  const page = read(path);

  it('has a line for every requirement of levels 1 and 2, with a verdict and why, and links that lead somewhere', () => {
    expect(wanted).toHaveLength(253);
    expect(faultsOf(page)).toEqual([]);
  });

  it('names a file or says in words why, where something holds', () => {
    const bare = linesOf(page).filter(({ verdict, why }) => verdict === 'met' && !why.includes('](') && why.length < 20);
    expect(bare.map(({ id, why }) => `${id}: ${why}`)).toEqual([]);
  });

  it('would not pass without a line, with one of another level or verdict, with a dead link, or with a count that is not so', () => {
    const line = /^\| V14\.2\.1 .*\n/mu.exec(page)?.[0] ?? '';
    expect(faultsOf(page.replace(line, ''))).toContain('left out: V14.2.1 1');
    expect(faultsOf(page.replace(line, line + line))).toContain('too much: V14.2.1 1');
    expect(faultsOf(page.replace(line, line.replace('| 1 |', '| 2 |')))).toContain('left out: V14.2.1 1');
    expect(faultsOf(page.replace(line, line.replace('| met |', '| surely |')))).toEqual(['no verdict: V14.2.1', 'counts']);
    expect(faultsOf(page.replace(line, line.replace('giveaways.spec.ts)', 'gone.spec.ts)')))).toHaveLength(1);
  });
});
