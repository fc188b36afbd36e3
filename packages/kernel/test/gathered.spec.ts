import { setImmediate as turn } from 'node:timers/promises';
import { gathered } from '@tichet-albastru/kernel/gathered';

/** Whoever asks, and when each question is answered by hand. */
const asking = () => {
  const sent: { readonly questions: readonly number[]; readonly answer: () => void; readonly fail: (error: Error) => void }[] = [];
  const ask = gathered(
    (questions: readonly number[]) =>
      new Promise<readonly string[]>((resolve, reject) => {
        sent.push({
          questions,
          answer: () => {
            resolve(questions.map((question) => `answer ${question}`));
          },
          fail: reject,
        });
      }),
  );
  return { sent, ask };
};

describe('questions that are gathered', () => {
  it('are one round trip where they are asked in one turn, and each has its own answer', async () => {
    const { sent, ask } = asking();
    const answers = Promise.all([ask(1), ask(2), ask(3)]);
    await turn();
    expect(sent.map(({ questions }) => questions)).toEqual([[1, 2, 3]]);
    sent[0]?.answer();
    expect(await answers).toEqual(['answer 1', 'answer 2', 'answer 3']);
  });

  it('wait while two are on their way, and are sent together after the first answer', async () => {
    const { sent, ask } = asking();
    const answers: Promise<string>[] = [];
    for (let question = 1; question <= 5; question += 1) {
      answers.push(ask(question));
      await turn();
    }
    expect(sent.map(({ questions }) => questions)).toEqual([[1], [2]]);
    sent[1]?.answer();
    expect(await answers[1]).toBe('answer 2');
    await turn();
    expect(sent.map(({ questions }) => questions)).toEqual([[1], [2], [3, 4, 5]]);
    sent[0]?.answer();
    sent[2]?.answer();
    expect(await Promise.all(answers)).toHaveLength(5);
  });

  it('are never answered by what was sent before they were asked', async () => {
    const { sent, ask } = asking();
    const first = ask(1);
    await turn();
    const same = ask(1);
    await turn();
    expect(sent).toHaveLength(2);
    for (const { answer } of sent) answer();
    expect(await Promise.all([first, same])).toEqual(['answer 1', 'answer 1']);
  });

  it('fail together, and those after them are asked all the same', async () => {
    const { sent, ask } = asking();
    const failed = [ask(1), ask(2)].map((one) => expect(one).rejects.toThrow('away'));
    await turn();
    sent[0]?.fail(new Error('away'));
    await Promise.all(failed);
    const next = ask(3);
    await turn();
    sent[1]?.answer();
    expect(await next).toBe('answer 3');
  });

  it('are refused where there are fewer answers than questions', async () => {
    const ask = gathered(() => Promise.resolve<readonly string[]>(['one']));
    await Promise.all([ask(1), ask(2)].map((one) => expect(one).rejects.toThrow('2 questions have 1 answers')));
  });

  it('are sent in parts that stay small', async () => {
    const { sent, ask } = asking();
    const answers = Array.from({ length: 150 }, (_, question) => ask(question));
    for (let part = 0; part < 3; part += 1) {
      await turn();
      await turn();
      sent[part]?.answer();
    }
    expect(new Set(await Promise.all(answers)).size).toBe(150);
    expect(sent.map(({ questions }) => questions.length)).toEqual([64, 64, 22]);
  });
});
