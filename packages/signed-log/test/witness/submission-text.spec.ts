import { submissionOf, submissionText } from '../../src/witness/witness';
import { submissionFor, treeOf } from '../../../../test/support/submissions';

describe('the body of a submission', () => {
  it('is read as it was written', async () => {
    const submission = await submissionFor(treeOf(0, 0), 5, 9);
    expect(submissionOf(submissionText(submission))).toEqual(submission);
    const first = await submissionFor(treeOf(0, 0), 0, 9);
    expect(submissionText(first).startsWith('old 0\n\ncity.example')).toBe(true);
    expect(submissionOf(submissionText(first))).toEqual(first);
  });

  it.each([
    ['a size with a zero before it', 'old 05\n\nnote\n'],
    ['a size below zero', 'old -1\n\nnote\n'],
    ['a hash that is no base64', 'old 5\nnot-base64!\n\nnote\n'],
    ['a hash that is too short', `old 5\n${Buffer.alloc(31).toString('base64')}\n\nnote\n`],
    ['more hashes than a tree has', `old 5\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\nnote\n`],
    ['no note', 'old 5\n'],
    ['nothing', ''],
  ])('is none with %s', (_, body) => {
    expect(submissionOf(body)).toBeUndefined();
  });
});
