import { wordsIn, wordsOfDocuments } from './words';

/** What the documents may have in all; it only goes down. */
const most = 80_000;

describe('the words of the documents', () => {
  it(`are at most ${most}`, () => {
    const words = [...wordsOfDocuments()].sort(([, one], [, other]) => other - one);
    const sum = words.reduce((all, [, many]) => all + many, 0);
    process.stdout.write(`The documents have ${sum} words; the longest: ${words.slice(0, 3).flat().join(' ')}\n`);
    expect(words.map(([path]) => path)).toEqual(expect.arrayContaining(['README.md', 'docs/procedure.md', 'deploy/README.md']));
    expect(sum).toBeLessThanOrEqual(most);
  });

  it('are counted without what a command writes, and without what is no word', () => {
    const page = '# Two words\n\n<!-- generated: x -->\n\n| not | these |\n\n<!-- /generated: x -->\n\n- **three** more `words` |\n';
    expect(wordsIn(page)).toBe(5);
    expect(wordsIn(page.replace('<!-- /generated: x -->', '<!-- /generated: y -->'))).toBe(11);
  });
});
