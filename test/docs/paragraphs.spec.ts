import { markdownFiles, read } from './markdown';

/** So many characters begin no two lines of one document unless a merge has left both of them. */
const beginning = 100;

const twiceIn = (text: string): readonly string[] => {
  const begins = text
    .replaceAll(/```[\s\S]*?```/g, '')
    .split('\n')
    .filter((line) => !line.startsWith('|') && line.length >= beginning)
    .map((line) => line.trim().slice(0, beginning));
  return begins.filter((begin, index) => begins.indexOf(begin) !== index);
};

it('no paragraph of a document stands in it twice', () => {
  expect(markdownFiles().flatMap((path) => twiceIn(read(path)).map((begin) => `${path}: ${begin}`))).toEqual([]);
  // and one that does would be seen, also where its end is another
  const paragraph = 'A list takes a limit and a cursor, and an answer that has more says where the next page begins, word for word.';
  expect(twiceIn(`${paragraph}\n\n${paragraph} So it ends.`)).toHaveLength(1);
});
